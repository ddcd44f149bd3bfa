package io.segue.protocol.mapping;

/**
 * A maximal stretch of records in which source and target offset both rise by one: record {@code source + i} stands at
 * {@code target + i} for {@code 0 ≤ i < length}.
 */
public record Run(long source, long target, long length) {
    public Run {
        if (source < 0 || target < 0 || length < 1 || length > Long.MAX_VALUE - Math.max(source, target)) {
            throw new IllegalArgumentException(
                    "no run: source " + source + ", target " + target + ", length " + length);
        }
    }

    /** One past the last source offset. */
    public long sourceEnd() {
        return source + length;
    }

    /** One past the last target offset. */
    public long targetEnd() {
        return target + length;
    }

    /** True if {@code next} continues this run without a gap on either side. */
    public boolean continuedBy(Run next) {
        return next.source == sourceEnd() && next.target == targetEnd();
    }

    /** This run and the one that continues it as one. */
    public Run joined(Run next) {
        return new Run(source, target, length + next.length);
    }

    /** Records of this run with a source offset below this one. */
    long recordsBelow(long sourceOffset) {
        return Math.max(0, Math.min(length, sourceOffset - source));
    }

    /** Records of this run at target offsets below this one. */
    long recordsBelowTarget(long targetOffset) {
        return Math.max(0, Math.min(length, targetOffset - target));
    }
}
