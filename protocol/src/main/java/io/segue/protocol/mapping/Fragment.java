package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import java.util.List;

/**
 * A durable piece of the offset mapping that a restore task emitted, and with its siblings the task's checkpoint.
 *
 * <p>The records of a task are numbered by <em>ordinal</em>: their place, from 0, in the sequence that spec and manifest
 * determine.
 *
 * @param source the source partition of every record in the fragment
 * @param firstOrdinal ordinal of its first record
 * @param count its records; the lengths of the runs add up to it
 * @param runs source → target, in order
 * @param resume where reading starts so as to meet {@code firstOrdinal} again
 */
public record Fragment(TopicPartition source, long firstOrdinal, long count, List<Run> runs, ReadPosition resume) {
    public Fragment {
        runs = List.copyOf(runs);
        long total = runs.stream().mapToLong(Run::length).sum();
        if (total != count || count < 1) {
            throw new IllegalArgumentException("fragment of " + source + " at ordinal " + firstOrdinal + " counts "
                    + count + " records, its runs " + total);
        }
    }

    /** One past the ordinal of the last record. */
    public long endOrdinal() {
        return firstOrdinal + count;
    }

    /**
     * The start of a stored segment within the task's sequence.
     *
     * @param segment index of the segment in the task's list
     * @param ordinal of the first selected record of that segment
     * @param lastOffset highest source offset read before it, or −1; records at or below it are repeats
     */
    public record ReadPosition(int segment, long ordinal, long lastOffset) {
        public static final ReadPosition START = new ReadPosition(0, 0, -1);
    }
}
