package io.segue.protocol.store.s3;

import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The tries that this package makes on top of those of the SDK, and the pauses between them. */
record Pauses(Time time) {
    static final int TRIES = 6;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), TRIES);

    /** True if there is another try after so many failures in a row, 1 or more. */
    boolean goesOn(int failures) {
        return BACKOFF.goesOn(failures);
    }

    /**
     * Waits before another try.
     *
     * @param failures so far, 1 or more
     * @param what the object, for the message
     * @throws StoreException.Unavailable if the thread is interrupted, which it stays
     */
    void await(int failures, String what) {
        try {
            time.pause(BACKOFF.after(failures, ThreadLocalRandom.current()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while waiting to try " + what + " again", interrupted);
        }
    }
}
