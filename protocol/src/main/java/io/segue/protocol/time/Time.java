package io.segue.protocol.time;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

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

    /**
     * Waits before the next try, with the jitter that the backoff asks for.
     *
     * @param attempt number of the failed try, from 1
     * @throws InterruptedException if the thread is interrupted
     */
    default void pause(Backoff backoff, int attempt) throws InterruptedException {
        pause(backoff.after(attempt, ThreadLocalRandom.current()));
    }

    /** The clocks of this machine. */
    static Time system() {
        return SystemTime.INSTANCE;
    }
}
