package io.segue.protocol.time;

import java.time.Duration;

/** The clocks. Deadlines and leases use the monotonic one, what people read uses the wall clock. */
public interface Time {
    /** Epoch milliseconds. */
    long wallMillis();

    /** Monotonic nanoseconds from an arbitrary start. */
    long nanos();

    /**
     * Waits.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void pause(Duration duration) throws InterruptedException;

    /** The clocks of this machine. */
    static Time system() {
        return SystemTime.INSTANCE;
    }
}
