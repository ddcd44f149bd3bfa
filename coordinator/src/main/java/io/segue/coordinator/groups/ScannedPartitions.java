package io.segue.coordinator.groups;

import io.segue.coordinator.groups.HeaderScans.Scanned;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PartitionMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What header scans prove of each source partition. Pure. */
public final class ScannedPartitions {
    private ScannedPartitions() {}

    /**
     * @param sourceTopics by target topic
     * @param partitions of each target topic
     * @param allPartitions records of a source partition may be in any target partition; else finding them elsewhere is a
     *     reason to refuse
     */
    public static RestoredPartitions restored(
            List<Scanned> scanned,
            Map<String, String> sourceTopics,
            Map<String, Integer> partitions,
            boolean allPartitions) {
        Map<TopicPartition, Restored> found = new TreeMap<>();
        Set<String> topics = new TreeSet<>();
        partitions.forEach((target, count) -> {
            String source = sourceTopics.getOrDefault(target, target);
            topics.add(source);
            for (int p = 0; p < count; p++) {
                found.put(new TopicPartition(source, p), new Restored.NothingArchived(new TopicPartition(target, p)));
            }
        });
        Map<TopicPartition, List<PartitionMapping>> bySource = new TreeMap<>();
        scanned.forEach(one -> one.mappings()
                .forEach(mapping -> bySource.computeIfAbsent(mapping.source(), key -> new ArrayList<>())
                        .add(mapping)));
        bySource.forEach((source, mappings) -> found.put(source, standing(source, mappings, allPartitions)));
        scanned.stream()
                .filter(one -> one.problem() != null)
                .forEach(one -> one.mappings()
                        .forEach(mapping -> found.put(
                                mapping.source(), new Restored.Unproven(one.target(), String.valueOf(one.problem())))));
        return new RestoredPartitions(topics, found);
    }

    private static Restored standing(TopicPartition source, List<PartitionMapping> mappings, boolean allPartitions) {
        PartitionMapping first = mappings.get(0);
        List<TopicPartition> targets =
                mappings.stream().map(PartitionMapping::target).toList();
        if (mappings.size() == 1 && (allPartitions || first.target().partition() == source.partition())) {
            return new Restored.Proven(first);
        }
        return new Restored.Unproven(
                first.target(),
                allPartitions
                        ? "its records are in several target partitions: " + targets
                        : "its records are in " + targets
                                + ": the number of partitions has changed; use --scan-all-partitions");
    }
}
