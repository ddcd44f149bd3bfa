package io.segue.coordinator.scan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to look for, and where.
 *
 * @param topics of the target; all their partitions are read, for headers alone say where a source partition's records are
 * @param sourceCluster only records that name this cluster; null: every record with an offset header
 * @param sourceTopics by target topic, where the names differ: headers do not name the topic
 * @param earlier a scan of the same topics that this one continues
 */
public record ScanRequest(
        List<String> topics, @Nullable String sourceCluster, Map<String, String> sourceTopics, Optional<Scan> earlier) {
    public ScanRequest {
        topics = topics.stream().distinct().sorted().toList();
        sourceTopics = Map.copyOf(sourceTopics);
    }

    public static ScanRequest of(List<String> topics, @Nullable String sourceCluster) {
        return new ScanRequest(topics, sourceCluster, Map.of(), Optional.empty());
    }
}
