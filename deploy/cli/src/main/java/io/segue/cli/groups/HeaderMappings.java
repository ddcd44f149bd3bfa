package io.segue.cli.groups;

import io.segue.coordinator.groups.HeaderScans;
import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.coordinator.groups.ScannedPartitions;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes a mapping from what the headers of the target's records say. */
final class HeaderMappings {
    private final HeaderScans scans;
    private final Consumer<String> said;

    HeaderMappings(HeaderScans scans, Consumer<String> said) {
        this.scans = scans;
        this.said = said;
    }

    /**
     * Scans the target topics of some source topics.
     *
     * @param sources topics on which groups have offsets
     * @param only source or target names; empty: all
     * @param allPartitions records of a source partition may be in any target partition
     */
    RestoredPartitions scan(
            KafkaCluster target,
            Set<String> sources,
            Map<String, String> topicMapping,
            Set<String> only,
            Optional<String> sourceCluster,
            boolean allPartitions) {
        Map<String, String> wanted = new TreeMap<>();
        for (String source : sources) {
            String name = topicMapping.getOrDefault(source, source);
            if (only.isEmpty() || only.contains(source) || only.contains(name)) {
                wanted.put(name, source);
            }
        }
        List<HeaderScans.Scanned> scanned = new ArrayList<>();
        Map<String, Integer> partitions = new TreeMap<>();
        for (Topic topic : target.topics(wanted.keySet()).values()) {
            String source = wanted.getOrDefault(topic.name(), topic.name());
            partitions.put(topic.name(), topic.partitions());
            scanned.addAll(scan(target, topic, source, sourceCluster));
        }
        return ScannedPartitions.restored(scanned, wanted, partitions, allPartitions);
    }

    private List<HeaderScans.Scanned> scan(
            KafkaCluster target, Topic topic, String source, Optional<String> sourceCluster) {
        List<TopicPartition> places = new ArrayList<>();
        for (int p = 0; p < topic.partitions(); p++) {
            places.add(new TopicPartition(topic.name(), p));
        }
        Map<TopicPartition, LogRange> logs = target.logRanges(places);
        List<HeaderScans.Scanned> scanned = new ArrayList<>();
        for (TopicPartition place : places) {
            HeaderScans.Scanned found = scans.scan(
                    place, Optional.ofNullable(logs.get(place)).orElseThrow(), source, sourceCluster.orElse(null));
            if (found.unmarked() > 0) {
                said.accept(place + ": " + found.unmarked() + " of " + (found.records() + found.unmarked())
                        + " records do not carry the headers"
                        + sourceCluster.map(id -> " of source cluster " + id).orElse("")
                        + (found.clusters().isEmpty() ? "" : "; those that do are of " + found.clusters()));
            }
            scanned.add(found);
        }
        return scanned;
    }
}
