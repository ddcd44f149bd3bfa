package io.segue.protocol.store.s3;

import java.time.Duration;

/**
 * How long and how often S3 is tried, and how uploads are cut.
 *
 * @param attempt the time of one try of a request that moves little
 * @param call the time of such a request with all its tries
 * @param transferAttempt the time of one try to send an object or a part
 * @param transferCall the time to send an object or a part with all tries
 * @param silence how long a connection may say nothing before it counts as broken
 * @param attempts the tries of one request, 1 or more
 * @param partBytes the size from which an object is sent in parts, and of each part; at least 5 MiB
 */
public record S3Limits(
        Duration attempt,
        Duration call,
        Duration transferAttempt,
        Duration transferCall,
        Duration silence,
        int attempts,
        int partBytes) {
    /** S3 takes no part below this, the last one excepted. */
    private static final int MIN_PART_BYTES = 5 << 20;

    public S3Limits {
        if (attempts < 1 || partBytes < MIN_PART_BYTES) {
            throw new IllegalArgumentException("attempts " + attempts + ", partBytes " + partBytes);
        }
    }

    /** For a network that works most of the time: a part of 16 MiB passes at 280 KB/s. */
    public static S3Limits standard() {
        return new S3Limits(
                Duration.ofSeconds(20),
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofSeconds(20),
                8,
                16 << 20);
    }
}
