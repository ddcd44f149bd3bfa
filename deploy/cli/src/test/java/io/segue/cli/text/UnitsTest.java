package io.segue.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UnitsTest {
    @Test
    void numbersForPeople() {
        assertEquals("1,234,567", Units.count(1_234_567));
        assertEquals("1 topic", Units.count(1, "topic"));
        assertEquals("0 topics", Units.count(0, "topic"));
        assertEquals("999 B", Units.bytes(999));
        assertEquals("1.0 kB", Units.bytes(1000));
        assertEquals("1.0 MB", Units.bytes(999_960));
        assertEquals("9223.4 PB", Units.bytes(Long.MAX_VALUE));
        assertEquals("0:00", Units.duration(Duration.ofSeconds(-3)));
        assertEquals("59:59", Units.duration(Duration.ofSeconds(3599)));
        assertEquals("1:00:00", Units.duration(Duration.ofHours(1)));
        assertEquals("1970-01-01 00:00:01Z", Units.time(1999));
    }

    @Test
    void aTableIsAsWideAsItsCells() {
        Table table = new Table(Table.Column.text("NAME"), Table.Column.number("N"))
                .row("a", "10")
                .row("longer", "1");
        assertEquals("NAME     N\na       10\nlonger   1", table.toString());
        assertThrows(IllegalArgumentException.class, () -> table.row("one cell"));
    }
}
