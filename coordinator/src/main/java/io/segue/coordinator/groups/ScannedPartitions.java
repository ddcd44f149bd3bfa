package io.segue.coordinator.groups;

import io.segue.coordinator.groups.HeaderScans.Scanned;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.mapping.PartitionMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What mappings say of each source partition where no job vouches for them: those of scans, and those of files. Pure. */
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
        List<OffsetMapping> mappings = scanned.stream()
                .<OffsetMapping>flatMap(one -> one.mappings().stream())
                .toList();
        RestoredPartitions flows = flows(mappings, places(partitions));
        Map<TopicPartition, Restored> found = new TreeMap<>();
        Set<String> topics = new TreeSet<>();
        partitions.forEach((target, count) -> {
            String source = sourceTopics.getOrDefault(target, target);
            boolean changed = flows.shared().keySet().stream()
                    .anyMatch(place -> place.topic().equals(target));
            topics.add(source);
            for (int p = 0; p < count; p++) {
                found.put(
                        new TopicPartition(source, p),
                        changed
                                ? new Restored.Spread(List.of())
                                : new Restored.NothingArchived(new TopicPartition(target, p)));
            }
        });
        found.putAll(flows.partitions());
        if (!allPartitions) {
            mappings.stream()
                    .filter(mapping ->
                            mapping.target().partition() != mapping.source().partition())
                    .forEach(mapping -> found.put(mapping.source(), elsewhere(mapping)));
        }
        scanned.stream()
                .filter(one -> one.problem() != null)
                .forEach(one -> one.mappings()
                        .forEach(mapping -> found.put(
                                mapping.source(), new Restored.Unproven(one.target(), String.valueOf(one.problem())))));
        return new RestoredPartitions(topics, found, flows.shared());
    }

    private static Restored elsewhere(OffsetMapping mapping) {
        return new Restored.Unproven(
                mapping.target(),
                "records of " + mapping.source() + " stand in " + mapping.target()
                        + ": the number of partitions has changed; use --scan-all-partitions");
    }

    private static Set<TopicPartition> places(Map<String, Integer> partitions) {
        Set<TopicPartition> places = new TreeSet<>();
        partitions.forEach((topic, count) -> {
            for (int p = 0; p < count; p++) {
                places.add(new TopicPartition(topic, p));
            }
        });
        return places;
    }

    /**
     * Which partitions flow into which: rule R1 where one flows into one, else R2.
     *
     * @param places target partitions, at least those of the mappings; into some nothing may have flowed
     */
    public static RestoredPartitions flows(Collection<OffsetMapping> mappings, Set<TopicPartition> places) {
        Map<TopicPartition, List<OffsetMapping>> bySource = new TreeMap<>();
        Map<TopicPartition, List<OffsetMapping>> byTarget = new TreeMap<>();
        for (OffsetMapping mapping : mappings) {
            bySource.computeIfAbsent(mapping.source(), key -> new ArrayList<>()).add(mapping);
            byTarget.computeIfAbsent(mapping.target(), key -> new ArrayList<>()).add(mapping);
        }
        Map<TopicPartition, List<OffsetMapping>> shared = new TreeMap<>();
        byTarget.forEach((target, into) -> {
            boolean several = into.stream()
                    .anyMatch(mapping ->
                            bySource.getOrDefault(mapping.source(), List.of()).size() > 1);
            if (several || into.size() > 1) {
                shared.put(target, List.copyOf(into));
            }
        });
        Map<TopicPartition, Restored> partitions = new TreeMap<>();
        Set<String> topics = new TreeSet<>();
        bySource.forEach((source, out) -> {
            topics.add(source.topic());
            OffsetMapping first = out.get(0);
            partitions.put(
                    source,
                    out.size() == 1 && !shared.containsKey(first.target())
                            ? new Restored.Proven(first)
                            : new Restored.Spread(
                                    out.stream().map(OffsetMapping::target).toList()));
        });
        empty(shared, byTarget, places);
        return new RestoredPartitions(topics, partitions, shared);
    }

    /** Where partitions changed, one into which nothing flowed yet has a position all the same: its only one. */
    private static void empty(
            Map<TopicPartition, List<OffsetMapping>> shared,
            Map<TopicPartition, List<OffsetMapping>> byTarget,
            Set<TopicPartition> places) {
        Map<String, TopicPartition> sources = new TreeMap<>();
        shared.forEach((target, into) ->
                sources.putIfAbsent(target.topic(), into.get(0).source()));
        for (TopicPartition place : places) {
            TopicPartition source = sources.get(place.topic());
            if (source != null && !byTarget.containsKey(place)) {
                shared.put(place, List.of(new PartitionMapping(source, place, List.of())));
            }
        }
    }
}
