package io.segue.worker.backup;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentHeader;
import io.segue.protocol.segment.WrittenSegment;

/** Names the segments of one attempt. */
record SegmentKeys(String backupId, TopicPartition partition, int attempt) {
    String of(SegmentHeader header) {
        return WrittenSegment.key(backupId, partition.topic(), partition.partition(), attempt, header);
    }
}
