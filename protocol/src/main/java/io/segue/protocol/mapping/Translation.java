package io.segue.protocol.mapping;

import java.util.Optional;

/**
 * Where on the target the reader of a committed source offset goes on (rule R1, ceiling): the target offset of the
 * smallest restored source offset at or above the committed one; where there is none, one past the last restored. Where
 * several source partitions share a target partition: rule R2, {@link LowWaterRule}.
 */
public sealed interface Translation {
    /** The target offset to go on at, or empty if there is no answer. */
    Optional<Long> position();

    /** An answer that is a place. */
    sealed interface Place extends Translation {
        long target();

        @Override
        default Optional<Long> position() {
            return Optional.of(target());
        }
    }

    /** The record at the committed offset was restored. */
    record Exact(long target) implements Place {}

    /** The committed offset lies in a gap between restored records; {@code nextSource} is the next survivor. */
    record InGap(long target, long nextSource) implements Place {}

    /** The committed offset lies before the first restored record. */
    record BeforeStart(long target, long firstSource) implements Place {}

    /** Every restored record was read: one past the last; {@code lastSource} is the last restored. */
    record PastEnd(long target, long lastSource) implements Place {}

    /**
     * The least position from which no reader misses a record, where several source partitions flow into the target
     * partition (rule R2).
     *
     * @param readAgain records that were read on the source and stand at or behind {@code target}: the least possible
     */
    record LowWater(long target, long readAgain) implements Place {}

    /** Nothing was restored for the partition: there is no answer, a policy decides. */
    record None() implements Translation {
        @Override
        public Optional<Long> position() {
            return Optional.empty();
        }
    }
}
