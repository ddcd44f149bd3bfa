package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import java.util.List;

/** What the fragments of a task came to. Only {@link Complete} is good enough to translate committed offsets by. */
public sealed interface Merged {
    /** Every record of the task is covered once. */
    record Complete(long count) implements Merged {}

    /**
     * The fragments agree, but records are missing among them.
     *
     * @param missing ordinals that no fragment covers, in rising order, the first {@value FragmentMerge#MAX_NAMED} stretches
     * @param missingRecords all of them
     */
    record Incomplete(List<Ordinals> missing, long missingRecords) implements Merged {
        public Incomplete {
            missing = List.copyOf(missing);
        }
    }

    /** Two fragments say what cannot both be true. */
    record Conflict(Placed one, Placed other) implements Merged {}

    /** Fragments cover ordinals at or beyond the number of records that the task has. */
    record Surplus(long count, long covered) implements Merged {}

    /** Ordinals {@code from} (inclusive) to {@code to} (exclusive). */
    record Ordinals(long from, long to) {}

    /** One record, as a fragment places it. */
    record Placed(long ordinal, TopicPartition source, long sourceOffset, long targetOffset) {}
}
