package io.segue.coordinator.dispatch;

import io.segue.protocol.time.Backoff;
import java.time.Duration;

/**
 * How often a task is granted again without having advanced in between. An attempt that failed says something about the
 * task; one that lost its worker, was let go or could not be looked up says little, and may happen often in a bad hour.
 */
record Retries(Backoff failures, Backoff losses) {
    static final Retries DEFAULT = new Retries(
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 6),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 20));
}
