package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import java.util.List;

/** What the fragments of a task came to. Only {@link Complete} is good enough to translate committed offsets by. */
public sealed interface MergedMapping {
    /**
     * Every record of the task is covered once.
     *
     * @param mappings one for each source partition that a record came from, in their order
     * @param count records covered
     */
    record Complete(List<PartitionMapping> mappings, long count) implements MergedMapping {
        public Complete {
            mappings = List.copyOf(mappings);
        }
    }

    /**
     * The fragments agree, but records are missing among them.
     *
     * @param mappings what is covered
     * @param missing ordinals that no fragment covers, in rising order
     */
    record Incomplete(List<PartitionMapping> mappings, List<Ordinals> missing) implements MergedMapping {
        public Incomplete {
            mappings = List.copyOf(mappings);
            missing = List.copyOf(missing);
        }
    }

    /** Two fragments say what cannot both be true. */
    record Conflict(Placed one, Placed other) implements MergedMapping {}

    /** Fragments cover ordinals at or beyond the number of records that the task has. */
    record Surplus(long count, long covered) implements MergedMapping {}

    /** Ordinals {@code from} (inclusive) to {@code to} (exclusive). */
    record Ordinals(long from, long to) {}

    /** One record, as a fragment places it. */
    record Placed(long ordinal, TopicPartition source, long sourceOffset, long targetOffset) {}
}
