package io.segue.coordinator.groups;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.plan.TopicSelection;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.mapping.PartitionMapping;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a restore did, by source partition. A topic without an entry was not part of it.
 *
 * @param topics source topics that the restore took in
 */
public record RestoredPartitions(Set<String> topics, Map<TopicPartition, Restored> partitions) {
    public RestoredPartitions {
        topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
    }

    /** From a job: what was selected, what was proven, and the merged mapping. */
    public static RestoredPartitions of(
            RestoreSpec spec, Manifest manifest, Collection<PartitionMapping> mappings, List<Verdict> verdicts) {
        RestoreSpec.Selected selected = spec.selected();
        TopicSelection selection = new TopicSelection(selected.includeTopics(), selected.excludeTopics());
        Map<TopicPartition, PartitionMapping> mapped =
                mappings.stream().collect(Collectors.toMap(PartitionMapping::source, mapping -> mapping));
        Map<TopicPartition, Verdict> judged =
                verdicts.stream().collect(Collectors.toMap(Verdict::source, verdict -> verdict));
        Set<String> topics = new TreeSet<>();
        Map<TopicPartition, Restored> partitions = new HashMap<>();
        for (Manifest.Topic topic : manifest.topics()) {
            if (!selection.selects(topic.name())) {
                continue;
            }
            topics.add(topic.name());
            Set<Integer> archived = topic.partitions().stream()
                    .filter(partition -> !partition.segments().isEmpty())
                    .map(Manifest.Partition::partitionId)
                    .collect(Collectors.toSet());
            for (int p = 0; p < topic.partitionCount(); p++) {
                if (!selected.sourcePartitions().isEmpty()
                        && !selected.sourcePartitions().contains(p)) {
                    continue;
                }
                TopicPartition source = new TopicPartition(topic.name(), p);
                TopicPartition target = new TopicPartition(
                        selected.topicMapping().getOrDefault(topic.name(), topic.name()),
                        selected.partitionMapping().getOrDefault(p, p));
                partitions.put(
                        source,
                        archived.contains(p)
                                ? standing(target, judged.get(source), mapped.get(source))
                                : new Restored.NothingArchived(target));
            }
        }
        return new RestoredPartitions(topics, partitions);
    }

    private static Restored standing(
            TopicPartition target, @Nullable Verdict verdict, @Nullable PartitionMapping mapping) {
        if (verdict == null) {
            return new Restored.Unproven(target, "it was not restored");
        }
        String why = verdict.unprovenBecause();
        if (why != null) {
            return new Restored.Unproven(target, why);
        }
        return new Restored.Proven(
                mapping == null ? new PartitionMapping(verdict.source(), target, List.of()) : mapping);
    }
}
