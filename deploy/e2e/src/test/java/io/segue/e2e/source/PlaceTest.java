package io.segue.e2e.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.e2e.proof.Fingerprint;
import io.segue.e2e.proof.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private final List<Seen> records = List.of(at(10), at(11), at(20), at(22), at(23));

    @Test
    void isTheOffsetOfTheNextRecord() {
        assertEquals(10, Place.BEGIN.offset(records, 25));
        assertEquals(20, Place.MIDDLE.offset(records, 25));
        assertEquals(23, Place.LAST.offset(records, 25));
        assertEquals(25, Place.END.offset(records, 25));
    }

    @Test
    void gapIsAnOffsetWithoutRecordInTheWidest() {
        assertEquals(15, Place.GAP.offset(records, 25));
        assertEquals(2, Place.GAP.offset(List.of(at(1), at(3)), 4));
    }

    @Test
    void gapNeedsOne() {
        List<Seen> dense = List.of(at(1), at(2));
        assertThrows(IllegalArgumentException.class, () -> Place.GAP.offset(dense, 3));
    }

    private static Seen at(long offset) {
        return new Seen(offset, 1, new Fingerprint(offset, 0, 0, 0));
    }
}
