package io.segue.coordinator.lead;

import io.segue.protocol.time.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a store that does not answer is left alone, and how often that is said. Instants are monotonic nanoseconds. */
final class StoreSilence {
    /** A new leader is there within 30 s of the store's return all the same. */
    private static final Backoff WAITS = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5), Integer.MAX_VALUE);

    private static final long SAID_EVERY = Duration.ofSeconds(10).toNanos();

    private final RandomGenerator random;
    private int failures;
    private long next;
    private boolean said;
    private long saidAt;

    StoreSilence(RandomGenerator random) {
        this.random = random;
    }

    /** True if the store may be asked again. */
    boolean over(long now) {
        return failures == 0 || now - next >= 0;
    }

    /** The store answered. */
    void answered() {
        failures = 0;
    }

    /** The store failed; true if that is to be said. */
    boolean failed(long now) {
        failures++;
        next = now + WAITS.after(failures, random).toNanos();
        boolean say = !said || now - saidAt >= SAID_EVERY;
        if (say) {
            said = true;
            saidAt = now;
        }
        return say;
    }

    /** Failures since the last answer. */
    int failures() {
        return failures;
    }
}
