package io.segue.protocol.mapping;

/**
 * Where on the target the reader of a committed source offset goes on (rule R1, ceiling): the target offset of the
 * smallest restored source offset at or above the committed one; where there is none, one past the last restored.
 */
public sealed interface Translation {
    /** The record at the committed offset was restored. */
    record Exact(long target) implements Translation {}

    /** The committed offset lies in a gap between restored records; {@code nextSource} is the next survivor. */
    record InGap(long target, long nextSource) implements Translation {}

    /** The committed offset lies before the first restored record. */
    record BeforeStart(long target, long firstSource) implements Translation {}

    /** Every restored record was read: one past the last; {@code lastSource} is the last restored. */
    record PastEnd(long target, long lastSource) implements Translation {}

    /** Nothing was restored for the partition: there is no answer, a policy decides. */
    record None() implements Translation {}
}
