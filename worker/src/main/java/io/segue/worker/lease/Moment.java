package io.segue.worker.lease;

import io.segue.protocol.time.Time;
import java.time.Duration;

/**
 * A moment by both clocks. The monotonic one stands still while a machine is suspended, the other one may be set: that so
 * much has passed is believed if either says so.
 */
public record Moment(long nanos, long wallMillis) {
    public static Moment now(Time time) {
        return new Moment(time.nanos(), time.wallMillis());
    }

    /** True if by both clocks less than {@code duration} has passed since. */
    boolean within(Duration duration, Time time) {
        return time.nanos() - nanos < duration.toNanos() && time.wallMillis() - wallMillis < duration.toMillis();
    }

    boolean before(Moment other) {
        return nanos - other.nanos < 0;
    }
}
