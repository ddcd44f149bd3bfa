package io.segue.protocol.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.job.TaskEvent.Attached;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttachesTest {
    private static final Attached FIRST = new Attached(1, 7, (short) 0, 9, 0);
    private static final Attached LOST = new Attached(2, 7, (short) 1, 12, 2);
    private static final Attached LATER = new Attached(3, 7, (short) 2, 15, 5);

    @Test
    void attachesWithRisingMarkersAllStand() {
        assertEquals(List.of(FIRST, LOST, LATER), Attaches.standing(List.of(FIRST, LOST, LATER)));
    }

    /** The log was cut off behind the first, which is journaled again, and nothing of what followed counts. */
    @Test
    void anAttachVoidsThoseWhoseMarkersAreNotBelowItsOwn() {
        List<Attached> standing = Attaches.standing(List.of(FIRST, LOST, FIRST, LATER));

        assertEquals(List.of(FIRST, LATER), standing);
        assertEquals(12, Attaches.target(10, standing, 2));
        assertEquals(16, Attaches.target(10, standing, 5));
    }
}
