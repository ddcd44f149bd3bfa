package io.segue.coordinator.groups;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.plan.TopicSelection;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.mapping.PartitionMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a restore did, by source partition. A topic without an entry was not part of it.
 *
 * @param topics source topics that the restore took in
 * @param shared by target partition: the mappings of all that flows into it, where {@link Restored.Spread} partitions do
 */
public record RestoredPartitions(
        Set<String> topics, Map<TopicPartition, Restored> partitions, Map<TopicPartition, List<OffsetMapping>> shared) {
    public RestoredPartitions {
        topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        shared = Collections.unmodifiableSortedMap(new TreeMap<>(shared));
    }

    /** A restore that kept partitions apart. */
    public RestoredPartitions(Set<String> topics, Map<TopicPartition, Restored> partitions) {
        this(topics, partitions, Map.of());
    }

    /** From a job: what was selected, what was proven, and the merged mapping. */
    public static RestoredPartitions of(
            RestoreSpec spec, Manifest manifest, Collection<? extends OffsetMapping> mappings, List<Verdict> verdicts) {
        Flows flows = new Flows(mappings, verdicts);
        RestoreSpec.Selected selected = spec.selected();
        TopicSelection selection = new TopicSelection(selected.includeTopics(), selected.excludeTopics());
        Set<String> topics = new TreeSet<>();
        Map<TopicPartition, Restored> partitions = new HashMap<>();
        for (Manifest.Topic topic : manifest.topics()) {
            if (!selection.selects(topic.name())) {
                continue;
            }
            topics.add(topic.name());
            for (int p = 0; p < topic.partitionCount(); p++) {
                if (selected.sourcePartitions().isEmpty()
                        || selected.sourcePartitions().contains(p)) {
                    TopicPartition source = new TopicPartition(topic.name(), p);
                    partitions.put(source, flows.standing(source, archived(topic, p), spec));
                }
            }
        }
        return new RestoredPartitions(topics, partitions, flows.shared());
    }

    private static boolean archived(Manifest.Topic topic, int partition) {
        return topic.partitions().stream()
                .anyMatch(found ->
                        found.partitionId() == partition && !found.segments().isEmpty());
    }

    /** Which source partitions flow into which target partitions, and what became of it. */
    private static final class Flows {
        private final Map<TopicPartition, List<Verdict>> bySource = new HashMap<>();
        private final Map<TopicPartition, Verdict> byTarget = new TreeMap<>();
        private final Map<TopicPartition, List<OffsetMapping>> mapped = new HashMap<>();

        Flows(Collection<? extends OffsetMapping> mappings, List<Verdict> verdicts) {
            for (Verdict verdict : verdicts) {
                byTarget.put(verdict.target(), verdict);
                verdict.sources()
                        .forEach(source -> bySource.computeIfAbsent(source, key -> new ArrayList<>())
                                .add(verdict));
            }
            mappings.forEach(mapping -> mapped.computeIfAbsent(mapping.target(), key -> new ArrayList<>())
                    .add(mapping));
        }

        Restored standing(TopicPartition source, boolean archived, RestoreSpec spec) {
            List<Verdict> into = bySource.getOrDefault(source, List.of());
            TopicPartition same = spec.selected().target(source);
            if (!archived) {
                return spec.repartitioned(source.topic())
                        ? new Restored.Spread(List.of())
                        : new Restored.NothingArchived(same);
            }
            if (into.isEmpty()) {
                return new Restored.Unproven(same, "it was not restored");
            }
            for (Verdict verdict : into) {
                String why = verdict.unprovenBecause();
                if (why != null) {
                    return new Restored.Unproven(verdict.target(), why);
                }
            }
            Verdict only = into.get(0);
            return into.size() > 1 || only.sources().size() > 1
                    ? new Restored.Spread(into.stream().map(Verdict::target).toList())
                    : new Restored.Proven(mapping(source, only.target()));
        }

        private OffsetMapping mapping(TopicPartition source, TopicPartition target) {
            return mapped.getOrDefault(target, List.of()).stream()
                    .filter(mapping -> mapping.source().equals(source))
                    .findFirst()
                    .orElseGet(() -> new PartitionMapping(source, target, List.of()));
        }

        /** A target partition that one source flows into is shared too if that source flows into others. */
        Map<TopicPartition, List<OffsetMapping>> shared() {
            Map<TopicPartition, List<OffsetMapping>> shared = new TreeMap<>();
            byTarget.forEach((target, verdict) -> {
                boolean several = verdict.sources().size() > 1
                        || verdict.sources().stream()
                                .anyMatch(source ->
                                        bySource.getOrDefault(source, List.of()).size() > 1);
                if (several && verdict.proven()) {
                    shared.put(
                            target,
                            verdict.sources().stream()
                                    .map(source -> mapping(source, target))
                                    .toList());
                }
            });
            return shared;
        }
    }
}
