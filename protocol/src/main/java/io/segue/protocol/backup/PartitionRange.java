package io.segue.protocol.backup;

import io.segue.protocol.kafka.TopicPartition;

/** What of a source partition a backup takes: from the first offset, inclusive, to the captured end, exclusive. */
public record PartitionRange(TopicPartition partition, long startOffset, long endOffset) {
    public PartitionRange {
        if (startOffset < 0 || endOffset < startOffset) {
            throw new IllegalArgumentException(partition + ": no range from " + startOffset + " to " + endOffset);
        }
    }

    /** Offsets in the range, at least as many as there are records. */
    public long offsets() {
        return endOffset - startOffset;
    }
}
