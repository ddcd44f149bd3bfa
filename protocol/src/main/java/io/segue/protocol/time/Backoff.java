package io.segue.protocol.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times between tries: doubling from {@code first} up to {@code most}, each with up to half of it taken off at
 * random, and an end after {@code tries}.
 */
public record Backoff(Duration first, Duration most, int tries) {
    /** The wait after failed try number {@code attempt} (from 1). */
    public Duration after(int attempt, RandomGenerator random) {
        long full = Math.min(most.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(full - (long) (random.nextDouble() * full / 2));
    }

    /** True if there is another try after failed try number {@code attempt}. */
    public boolean goesOn(int attempt) {
        return attempt < tries;
    }
}
