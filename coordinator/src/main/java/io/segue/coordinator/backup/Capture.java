package io.segue.coordinator.backup;

import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.SourceRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The source as it was at one moment: groups first, then the ends of the logs, so that no group had read beyond what the
 * backup takes.
 *
 * @param ranges first offset, high watermark and last stable offset of every selected partition
 * @param groups commits on selected topics only
 * @param warnings what the operator should know, one sentence each
 */
record Capture(
        SourceRecord source, Map<TopicPartition, LogRange> ranges, List<GroupCommits> groups, List<String> warnings) {
    Capture {
        groups = List.copyOf(groups);
        warnings = List.copyOf(warnings);
    }

    /** What to read, the longest range first, so that none is left alone at the end. */
    List<PartitionRange> plan() {
        return ranges.entrySet().stream()
                .map(entry -> new PartitionRange(
                        entry.getKey(),
                        entry.getValue().start(),
                        Math.max(entry.getValue().start(), entry.getValue().lastStable())))
                .sorted(Comparator.comparingLong(PartitionRange::offsets)
                        .reversed()
                        .thenComparing(PartitionRange::partition))
                .toList();
    }

    /** The peer's document of the groups. */
    GroupSnapshot snapshot() {
        return new GroupSnapshot(source.takenAt(), groups);
    }
}
