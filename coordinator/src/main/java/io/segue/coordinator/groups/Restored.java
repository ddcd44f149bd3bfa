package io.segue.coordinator.groups;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PartitionMapping;

/** What a restore did with a source partition: whether committed offsets on it can be translated. */
public sealed interface Restored {
    /** Every selected record is on the target exactly once (rule R4); without runs where the window selected none. */
    record Proven(PartitionMapping mapping) implements Restored {}

    /** The restore takes this partition in, but cannot prove it. */
    record Unproven(TopicPartition target, String reason) implements Restored {}

    /** The restore takes this partition in; the backup holds nothing of it. */
    record NothingArchived(TopicPartition target) implements Restored {}
}
