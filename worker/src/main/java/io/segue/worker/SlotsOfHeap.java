package io.segue.worker;

import java.util.Optional;

/** Whether a heap can carry so many attempts at a time; better said at the start than by an OutOfMemoryError. */
final class SlotsOfHeap {
    private static final long MEGABYTE = 1 << 20;
    /** As in docs/worker.md: four batches, and two segments that are not spooled. */
    private static final long PER_SLOT = 16 * MEGABYTE;
    /** For everything else. */
    private static final long BESIDES = 96 * MEGABYTE;

    private SlotsOfHeap() {}

    /** @param heap bytes that the JVM may use at most */
    static Optional<String> complaint(int slots, long heap) {
        long carried = Math.max(0, (heap - BESIDES) / PER_SLOT);
        return slots <= carried
                ? Optional.empty()
                : Optional.of("worker.slots " + slots + " want a heap of "
                        + (BESIDES + slots * PER_SLOT) / MEGABYTE + " MB, and this JVM has " + heap / MEGABYTE
                        + " MB: at most " + carried + " slots, or more heap (-Xmx)");
    }
}
