package io.segue.protocol.job;

import io.segue.protocol.kafka.TopicPartition;
import java.util.List;

/**
 * One target partition and the segments that flow into it, in the order in which their records are appended.
 *
 * @param id unique in the job; part of storage keys
 * @param records of the segments, before any window
 * @param bytes stored size of the segments
 */
public record RestoreTask(
        String id, TopicPartition source, TopicPartition target, List<SegmentRef> segments, long records, long bytes)
        implements JobTask {
    public RestoreTask {
        segments = List.copyOf(segments);
    }

    @Override
    public long weight() {
        return bytes;
    }

    /** A stored segment as the manifest has it. */
    public record SegmentRef(String key, long startOffset, long endOffset, long recordCount, long size) {}
}
