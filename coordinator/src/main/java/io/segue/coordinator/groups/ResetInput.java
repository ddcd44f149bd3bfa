package io.segue.coordinator.groups;

import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that a reset plan follows from.
 *
 * @param groups to reset; empty: all that the backup knows
 * @param logs of the target partitions, at least those of {@link #targets}
 * @param current what the target has committed for the groups
 */
public record ResetInput(
        SourceCommits source,
        List<String> groups,
        RestoredPartitions restored,
        Map<TopicPartition, LogRange> logs,
        OffsetSnapshot current,
        NoAnswerPolicy noAnswer) {
    public ResetInput {
        groups = List.copyOf(groups);
        logs = Map.copyOf(logs);
    }

    /** Ids of the groups to look at. */
    public static Set<String> selected(SourceCommits source, List<String> groups) {
        return groups.isEmpty() ? source.groups().keySet() : new TreeSet<>(groups);
    }

    /** Target partitions whose logs decide. */
    public static Set<TopicPartition> targets(RestoredPartitions restored) {
        Set<TopicPartition> targets = new TreeSet<>();
        for (Restored partition : restored.partitions().values()) {
            if (partition instanceof Restored.Proven proven) {
                targets.add(proven.mapping().target());
            } else if (partition instanceof Restored.NothingArchived empty) {
                targets.add(empty.target());
            }
        }
        targets.addAll(restored.shared().keySet());
        return targets;
    }
}
