package io.segue.protocol.kafka.vertx;

import java.time.Duration;

/**
 * How long a question to a cluster may take.
 *
 * @param call one try, the client's own retries included
 * @param total all tries together, pauses included
 * @param firstPause before the second try; doubles from there
 * @param longestPause no pause is longer
 */
public record CallLimits(Duration call, Duration total, Duration firstPause, Duration longestPause) {
    /** 30 s for one try, 60 s in all, pauses from 100 ms to 5 s. */
    public static final CallLimits DEFAULT = new CallLimits(
            Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofSeconds(5));

    public CallLimits {
        if (call.isNegative() || call.isZero() || total.compareTo(call) < 0 || firstPause.isNegative()) {
            throw new IllegalArgumentException("limits of a call: " + call + " each, " + total + " in all");
        }
    }
}
