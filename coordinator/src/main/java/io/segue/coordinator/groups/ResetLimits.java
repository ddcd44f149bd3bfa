package io.segue.coordinator.groups;

import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How hard a reset may press.
 *
 * @param perBroker groups under way at a time for each coordinator, at least 1
 * @param retries pauses between tries of what failed and may succeed
 * @param waitForMembers how long to wait for the members of blocked groups to leave, in all
 */
public record ResetLimits(int perBroker, Backoff retries, Duration waitForMembers, Time time) {
    /** Groups in a shard: what is planned, read and stored at a time. */
    public static final int SHARD = 250;

    private static final int PER_BROKER = 16;
    private static final int TRIES = 4;

    public ResetLimits {
        if (perBroker < 1) {
            throw new IllegalArgumentException("groups at a time: " + perBroker);
        }
    }

    /** 16 groups for each broker, 3 more tries of what failed, no waiting for members. */
    public static ResetLimits standard(Time time) {
        return new ResetLimits(PER_BROKER, backoff(TRIES), Duration.ZERO, time);
    }

    /** Pauses from 100 ms to 10 s. */
    public static Backoff backoff(int tries) {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), tries);
    }

    /** Waits after a failed try; false if there is no other. */
    boolean pause(int attempt) {
        return retries.goesOn(attempt) && pause(retries.after(attempt, ThreadLocalRandom.current()));
    }

    boolean pause(Duration duration) {
        try {
            time.pause(duration);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
