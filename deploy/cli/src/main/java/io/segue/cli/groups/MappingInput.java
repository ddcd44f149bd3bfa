package io.segue.cli.groups;

import io.segue.coordinator.groups.Restored;
import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.coordinator.groups.ScannedPartitions;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingBundleJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A mapping file that the command line names, as a source of everything that it holds. */
record MappingInput(MappingBundle bundle) {
    static MappingInput read(Path file) {
        try {
            return new MappingInput(
                    MappingBundleJson.read(file.toString(), new BufferedInputStream(Files.newInputStream(file))));
        } catch (IOException e) {
            throw new UnusableOptionException("--mapping-file " + file + " cannot be read: " + e);
        }
    }

    String name() {
        return bundle.name();
    }

    Optional<String> sourceClusterId() {
        return Optional.ofNullable(bundle.document().sourceClusterId());
    }

    Optional<String> targetClusterId() {
        return Optional.ofNullable(bundle.document().targetClusterId());
    }

    Optional<KafkaConnection> target() {
        return bundle.targetServers().isEmpty()
                ? Optional.empty()
                : Optional.of(new KafkaConnection(bundle.targetServers(), Map.of()));
    }

    Optional<SourceCommits> commits() {
        return bundle.groups()
                .map(groups -> new SourceCommits(name(), bundle.document().createdAt(), groups));
    }

    /** Source topics that have another name on the target. */
    Map<String, String> renamed() {
        Map<String, String> renamed = new TreeMap<>();
        bundle.document().mappings().forEach(one -> {
            if (!one.source().topic().equals(one.target().topic())) {
                renamed.put(one.source().topic(), one.target().topic());
            }
        });
        return renamed;
    }

    RestoredPartitions restored() {
        Set<TopicPartition> places = new TreeSet<>(bundle.empty().values());
        bundle.document().mappings().forEach(mapping -> places.add(mapping.target()));
        RestoredPartitions flows = ScannedPartitions.flows(bundle.document().mappings(), places);
        Map<TopicPartition, Restored> partitions = new TreeMap<>();
        bundle.empty().forEach((source, target) -> partitions.put(source, new Restored.NothingArchived(target)));
        partitions.putAll(flows.partitions());
        Set<String> topics = new TreeSet<>();
        partitions.keySet().forEach(partition -> topics.add(partition.topic()));
        return new RestoredPartitions(topics, partitions, flows.shared());
    }
}
