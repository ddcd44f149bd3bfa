package io.segue.protocol.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Translation.BeforeStart;
import io.segue.protocol.mapping.Translation.Exact;
import io.segue.protocol.mapping.Translation.InGap;
import io.segue.protocol.mapping.Translation.None;
import io.segue.protocol.mapping.Translation.PastEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionMappingTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private static PartitionMapping mapping(Run... runs) {
        return new PartitionMapping(ORDERS, ORDERS, List.of(runs));
    }

    @Test
    void b1CommittedAtTheStartInTheMiddleAndOnePastTheLast() {
        PartitionMapping mapping = mapping(new Run(0, 0, 1000));

        assertEquals(new Exact(0), mapping.translate(0));
        assertEquals(new Exact(500), mapping.translate(500));
        assertEquals(new Exact(999), mapping.translate(999));
        assertEquals(new PastEnd(1000, 999), mapping.translate(1000));
    }

    @Test
    void b2TheNextSurvivorWhereverTheGapIs() {
        // The example on which the peer answers −16, 3 and 6.
        PartitionMapping mapping = mapping(new Run(100, 0, 1), new Run(105, 1, 2));

        assertEquals(new BeforeStart(0, 100), mapping.translate(50));
        assertEquals(new Exact(0), mapping.translate(100));
        assertEquals(new InGap(1, 105), mapping.translate(101));
        assertEquals(new InGap(1, 105), mapping.translate(103));
        assertEquals(new Exact(1), mapping.translate(105));
        assertEquals(new Exact(2), mapping.translate(106));
        assertEquals(new PastEnd(3, 106), mapping.translate(107));
        assertEquals(new PastEnd(3, 106), mapping.translate(110));
    }

    @Test
    void b2ARecordAfterAFenceStandsBehindItsMarker() {
        PartitionMapping mapping = mapping(new Run(10, 0, 5), new Run(15, 6, 5));

        assertEquals(new Exact(4), mapping.translate(14));
        assertEquals(new Exact(6), mapping.translate(15));
    }

    @Test
    void b3BeyondTheArchivedEndIsOnePastTheLastRestored() {
        assertEquals(new PastEnd(1010, 99), mapping(new Run(0, 910, 100)).translate(5_000));
    }

    @Test
    void b4BeforeTheWindowIsItsFirstRecordNeverBeforeTheBase() {
        assertEquals(new BeforeStart(700, 300), mapping(new Run(300, 700, 10)).translate(0));
    }

    @Test
    void b5NothingRestoredIsNoAnswer() {
        assertEquals(new None(), mapping().translate(7));
    }

    @Test
    void offsetsBeyondTheIntegersOfADouble() {
        long source = (1L << 53) + 1;
        PartitionMapping mapping = mapping(new Run(source, source + 2, 3));

        assertEquals(new Exact(source + 3), mapping.translate(source + 1));
        assertEquals(new PastEnd(source + 5, source + 2), mapping.translate(Long.MAX_VALUE));
    }

    @Test
    void aNegativeOffsetIsNoCommit() {
        assertThrows(
                IllegalArgumentException.class, () -> mapping(new Run(0, 0, 1)).translate(-1));
    }

    @Test
    void runsThatDoNotRiseAreNoMapping() {
        assertThrows(IllegalArgumentException.class, () -> mapping(new Run(0, 0, 5), new Run(4, 5, 1)));
        assertThrows(IllegalArgumentException.class, () -> mapping(new Run(0, 0, 5), new Run(5, 4, 1)));
        assertThrows(IllegalArgumentException.class, () -> new Run(Long.MAX_VALUE, 0, 2));
    }
}
