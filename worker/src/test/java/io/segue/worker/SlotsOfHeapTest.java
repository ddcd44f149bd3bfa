package io.segue.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotsOfHeapTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void saysHowManySlotsAHeapCarries() {
        assertEquals(Optional.empty(), SlotsOfHeap.complaint(18, 384 * MEGABYTE));
        assertEquals(
                Optional.of("worker.slots 19 want a heap of 400 MB, and this JVM has 384 MB: at most 18 slots, or more"
                        + " heap (-Xmx)"),
                SlotsOfHeap.complaint(19, 384 * MEGABYTE));
    }

    @Test
    void aTinyHeapCarriesNone() {
        assertEquals(true, SlotsOfHeap.complaint(1, 64 * MEGABYTE).isPresent());
    }
}
