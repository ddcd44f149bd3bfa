package io.segue.e2e.proof;

import static io.segue.e2e.proof.Records.seen;
import static io.segue.e2e.proof.Records.seenFrom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private final List<Seen> source = seenFrom(100, 3, "a", "b", "c", "d");

    @Test
    void isExactWhateverTheOffsets() {
        Comparison found = compare("a", "b", "c", "d");
        assertTrue(found.exact());
        assertEquals(List.of(), found.findings());
        assertEquals(4, found.expected());
    }

    @Test
    void reportsADuplicate() {
        assertFound(
                compare("a", "b", "b", "c", "d"),
                0,
                1,
                0,
                0,
                "orders-0: there more than once: the record at target offset 2");
        assertFound(
                compare("a", "b", "c", "d", "a"),
                0,
                1,
                0,
                0,
                "orders-0: there more than once: the record at target offset 4");
    }

    @Test
    void reportsALoss() {
        assertFound(compare("a", "c", "d"), 1, 0, 0, 0, "orders-0: lost: the record at source offset 103");
        assertFound(compare(), 4, 0, 0, 0, "orders-0: lost: the record at source offset 100 and 3 more");
    }

    @Test
    void reportsASwap() {
        assertFound(
                compare("a", "c", "b", "d"),
                0,
                0,
                0,
                2,
                "orders-0: out of order: the record at target offset 1 and 1 more");
    }

    @Test
    void reportsAChangedByte() {
        Comparison found = compare("a", "b", "x", "d");
        assertEquals(
                List.of(1L, 0L, 1L, 0L), List.of(found.lost(), found.duplicates(), found.foreign(), found.moved()));
        assertFalse(found.exact());
        assertEquals(
                "orders-0: not from the source: the record at target offset 2",
                found.findings().get(1));
    }

    @Test
    void countsEqualRecordsOfTheSource() {
        List<Seen> twice = seen("a", "a", "b");
        assertTrue(Comparison.of("orders-0", twice, seen("a", "a", "b")).exact());
        assertEquals(1, Comparison.of("orders-0", twice, seen("a", "b")).lost());
        assertEquals(
                1, Comparison.of("orders-0", twice, seen("a", "a", "a", "b")).duplicates());
    }

    @Test
    void addsUp() {
        Comparison sum = compare("a", "c", "d").plus(compare("a", "b", "b", "c", "d"));
        assertEquals(8, sum.expected());
        assertEquals(1, sum.lost());
        assertEquals(1, sum.duplicates());
        assertEquals(2, sum.findings().size());
    }

    private Comparison compare(String... target) {
        return Comparison.of("orders-0", source, seen(target));
    }

    private static void assertFound(
            Comparison found, long lost, long duplicates, long foreign, long moved, String finding) {
        assertEquals(
                List.of(lost, duplicates, foreign, moved),
                List.of(found.lost(), found.duplicates(), found.foreign(), found.moved()));
        assertEquals(List.of(finding), found.findings());
        assertFalse(found.exact());
    }
}
