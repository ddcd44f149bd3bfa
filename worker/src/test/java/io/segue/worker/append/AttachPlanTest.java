package io.segue.worker.append;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.job.Attaches;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.worker.append.AttachPlan.Anchor;
import io.segue.worker.append.TargetPartition.TailRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttachPlanTest {
    /** Base 100; ten records; a fence at 110; three records; two fences, of which only the second was journaled. */
    private static final List<Attached> ATTACHES = List.of(
            new Attached(1, 7, (short) 0, 99, 0),
            new Attached(2, 7, (short) 1, 110, 10),
            new Attached(4, 7, (short) 3, 115, 13));

    @Test
    void recordsAreCountedOnFromTheMarker() {
        assertEquals(10, AttachPlan.ordinal(new Anchor(99, 0), tail(109)));
        assertEquals(13, AttachPlan.ordinal(new Anchor(110, 10), tail(113)));
    }

    @Test
    void recordsBeforeTheMarkerWereCountedByIt() {
        assertEquals(10, AttachPlan.ordinal(new Anchor(110, 10), tail(109)));
        assertEquals(0, AttachPlan.ordinal(new Anchor(99, 0), Optional.empty()));
    }

    @Test
    void eachRecordStandsBehindTheFenceOfItsTime() {
        assertEquals(100, Attaches.target(100, ATTACHES, 0));
        assertEquals(109, Attaches.target(100, ATTACHES, 9));
        assertEquals(111, Attaches.target(100, ATTACHES, 10));
        assertEquals(113, Attaches.target(100, ATTACHES, 12));
        assertEquals(116, Attaches.target(100, ATTACHES, 13));
    }

    /** The log was truncated below the second fence and filled anew: the later attach holds. */
    @Test
    void aLaterAttachVoidsThoseThatCountedMore() {
        List<Attached> truncated = List.of(ATTACHES.get(0), ATTACHES.get(1), new Attached(3, 7, (short) 2, 105, 5));

        assertEquals(104, Attaches.target(100, truncated, 4));
        assertEquals(106, Attaches.target(100, truncated, 5));
        assertEquals(111, Attaches.target(100, truncated, 10));
    }

    private static Optional<TailRecord> tail(long offset) {
        return Optional.of(new TailRecord(offset, 0));
    }
}
