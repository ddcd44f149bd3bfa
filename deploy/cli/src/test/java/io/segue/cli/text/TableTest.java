package io.segue.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void aTableIsAsWideAsItsCells() {
        Table table = new Table(Table.Column.text("NAME"), Table.Column.number("N"))
                .row("a", "10")
                .row("longer", "1");
        assertEquals("NAME     N\na       10\nlonger   1", table.toString());
        assertThrows(IllegalArgumentException.class, () -> table.row("one cell"));
    }
}
