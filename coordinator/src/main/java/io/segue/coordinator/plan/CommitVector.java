package io.segue.coordinator.plan;

import io.segue.protocol.kafka.TopicPartition;
import java.util.Map;

/** What a group had committed on the source: the next offset to read of each partition. */
public record CommitVector(String group, Map<TopicPartition, Long> offsets) {
    public CommitVector {
        offsets = Map.copyOf(offsets);
    }
}
