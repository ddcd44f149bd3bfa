package io.segue.protocol.store.s3;

import io.segue.protocol.store.StoreException;
import java.time.Duration;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** The pauses between tries that this package makes on top of those of the SDK. */
final class Backoff {
    private static final BackoffStrategy JITTERED =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(5));

    private Backoff() {}

    /**
     * Waits before another try.
     *
     * @param failures so far, 1 or more
     * @param what the object, for the message
     * @throws StoreException.Unavailable if the thread is interrupted, which it stays
     */
    static void pause(int failures, String what) {
        try {
            Thread.sleep(JITTERED.computeDelay(failures).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while waiting to try " + what + " again", interrupted);
        }
    }
}
