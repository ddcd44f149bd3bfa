package io.segue.protocol.kafka.vertx;

import io.segue.protocol.time.Backoff;
import java.time.Duration;

/**
 * How long a question to a cluster may take.
 *
 * @param call one try, the client's own retries included
 * @param total no further try begins after this
 * @param pauses between tries
 */
public record CallLimits(Duration call, Duration total, Backoff pauses) {
    /** 30 s for one try, 60 s in all, pauses from 100 ms to 5 s. */
    public static final CallLimits DEFAULT = new CallLimits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 30));

    public CallLimits {
        if (call.isNegative() || call.isZero() || total.compareTo(call) < 0) {
            throw new IllegalArgumentException("limits of a call: " + call + " each, " + total + " in all");
        }
    }
}
