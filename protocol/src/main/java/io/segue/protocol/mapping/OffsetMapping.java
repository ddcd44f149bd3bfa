package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import java.util.Optional;

/**
 * The merged mapping of one source partition into one target partition: runs in rising order of source offset, which is
 * also the order of target offsets. Where they are kept is up to the implementation.
 */
public interface OffsetMapping {
    TopicPartition source();

    TopicPartition target();

    /** Records restored. */
    long records();

    /** The first run, or empty if nothing was restored. */
    Optional<Run> first();

    /** The last run, or empty if nothing was restored. */
    Optional<Run> last();

    /** The first run that reaches beyond a source offset: the one that holds it, or the next. */
    Optional<Run> reaching(long sourceOffset);

    /** Records restored with a source offset below this one. */
    long recordsBelow(long sourceOffset);

    /** Records restored to a target offset below this one. */
    long recordsBelowTarget(long targetOffset);

    /** Every run, in order. Only for those who want all of them. */
    Iterable<Run> runs();

    /**
     * Rule R1 for one committed offset.
     *
     * @param committed the next source offset to read, from 0
     */
    default Translation translate(long committed) {
        if (committed < 0) {
            throw new IllegalArgumentException("committed offset " + committed + " of " + source() + " is negative");
        }
        Optional<Run> last = last();
        if (last.isEmpty()) {
            return new Translation.None();
        }
        Optional<Run> found = reaching(committed);
        if (found.isEmpty()) {
            return new Translation.PastEnd(last.get().targetEnd(), last.get().sourceEnd() - 1);
        }
        Run run = found.get();
        if (run.source() <= committed) {
            return new Translation.Exact(run.target() + (committed - run.source()));
        }
        return first().equals(found)
                ? new Translation.BeforeStart(run.target(), run.source())
                : new Translation.InGap(run.target(), run.source());
    }
}
