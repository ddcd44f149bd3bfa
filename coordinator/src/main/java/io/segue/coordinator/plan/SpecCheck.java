package io.segue.coordinator.plan;

import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a spec names that the backup does not have, or that must not be written to. Pure. */
final class SpecCheck {
    /** Also on a cluster that has not made them yet. */
    private static final Set<String> INTERNAL =
            Set.of("__consumer_offsets", "__transaction_state", "__share_group_state", "__cluster_metadata");

    private final RestoreSpec spec;
    private final Manifest manifest;
    private final List<Manifest.Topic> selected;

    SpecCheck(RestoreSpec spec, Manifest manifest, List<Manifest.Topic> selected) {
        this.spec = spec;
        this.manifest = manifest;
        this.selected = selected;
    }

    /** @param existing target topics by name */
    List<String> refusals(Map<String, KafkaCluster.Topic> existing) {
        List<String> refusals = new ArrayList<>();
        if (selected.isEmpty()) {
            refusals.add("no topic of backup '" + manifest.backupId() + "' is selected; it holds "
                    + manifest.topics().stream()
                            .map(Manifest.Topic::name)
                            .sorted()
                            .toList());
            return refusals;
        }
        for (String name : spec.selected().topicMapping().keySet()) {
            if (manifest.topic(name).isEmpty()) {
                refusals.add(
                        "topic_mapping names '" + name + "', which backup '" + manifest.backupId() + "' does not hold");
            }
        }
        partitions("source_partitions", spec.selected().sourcePartitions(), refusals);
        partitions("partition_mapping", spec.selected().partitionMapping().keySet(), refusals);
        for (Manifest.Topic topic : selected) {
            internal(topic.name(), existing, refusals);
        }
        return refusals;
    }

    private void partitions(String key, Set<Integer> named, List<String> refusals) {
        Set<Integer> unknown = new TreeSet<>(named);
        selected.forEach(topic -> unknown.removeIf(partition -> partition < topic.partitionCount()));
        if (!unknown.isEmpty()) {
            Map<String, Integer> counts = new TreeMap<>();
            selected.forEach(topic -> counts.put(topic.name(), topic.partitionCount()));
            refusals.add(
                    key + " names " + unknown + ", but no selected topic has such a partition; numbers of partitions, "
                            + "counted from 0: " + counts);
        }
    }

    private void internal(String source, Map<String, KafkaCluster.Topic> existing, List<String> refusals) {
        String name = spec.selected().target(source);
        if (isInternal(name, existing.get(name))) {
            refusals.add("target topic '" + name + "' is Kafka's own, and what a restore writes there would damage the"
                    + " cluster: leave it out by target.topics.exclude, or give it another name by topic_mapping");
        }
    }

    static boolean isInternal(String name, KafkaCluster.@Nullable Topic topic) {
        return INTERNAL.contains(name) || (topic != null && topic.internal());
    }

    /** What is selected and has nothing to give. */
    List<String> notes() {
        Set<Integer> asked = new TreeSet<>(spec.selected().sourcePartitions());
        return selected.stream()
                .filter(topic ->
                        !asked.isEmpty() && asked.stream().noneMatch(partition -> partition < topic.partitionCount()))
                .map(topic -> "topic " + topic.name() + " has " + Units.count(topic.partitionCount(), "partition")
                        + ", none of them is one of source_partitions " + asked
                        + ": nothing of it is restored")
                .toList();
    }
}
