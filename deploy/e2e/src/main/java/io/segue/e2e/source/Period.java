package io.segue.e2e.source;

import java.time.Duration;

/**
 * The time that records tell of.
 *
 * @param begin epoch milliseconds of the first one
 */
public record Period(long begin, Duration span) {
    /** Ten days, begun 40 days ago: brokers have forgotten who wrote what is so old. */
    public static Period old(long now) {
        return new Period(now - Duration.ofDays(40).toMillis(), Duration.ofDays(10));
    }

    /** The last hour. */
    public static Period recent(long now) {
        Duration hour = Duration.ofHours(1);
        return new Period(now - hour.toMillis(), hour);
    }
}
