package io.segue.coordinator.groups;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.OffsetMapping;
import java.util.List;

/** What a restore did with a source partition: whether committed offsets on it can be translated. */
public sealed interface Restored {
    /** Every selected record is on the target exactly once (rule R4); without runs where the window selected none. */
    record Proven(OffsetMapping mapping) implements Restored {}

    /**
     * Every selected record is on the target exactly once, in partitions that other source partitions flow into as well, or
     * in several: positions follow from rule R2, for each target partition as a whole.
     *
     * @param targets where its records went; empty if the backup holds none
     */
    record Spread(List<TopicPartition> targets) implements Restored {
        public Spread {
            targets = List.copyOf(targets);
        }
    }

    /** The restore takes this partition in, but cannot prove it. */
    record Unproven(TopicPartition target, String reason) implements Restored {}

    /** The restore takes this partition in; the backup holds nothing of it. */
    record NothingArchived(TopicPartition target) implements Restored {}
}
