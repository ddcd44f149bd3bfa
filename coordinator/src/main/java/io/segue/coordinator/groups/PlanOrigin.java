package io.segue.coordinator.groups;

import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a reset plan came about, and the world that it was made for.
 *
 * @param strategy in words: {@code header-based}; with overrides, all of them
 * @param madeAt epoch milliseconds
 * @param commitsFrom where the groups' own offsets come from, in words; empty where the strategy needs none
 * @param mappingFrom where the mapping comes from, in words; empty where the strategy needs none
 * @param warnings what holds for the whole plan
 */
public record PlanOrigin(
        String strategy,
        long madeAt,
        @Nullable String backupId,
        @Nullable String jobId,
        @Nullable String sourceClusterId,
        String commitsFrom,
        String mappingFrom,
        World world,
        List<String> warnings) {
    public PlanOrigin {
        warnings = List.copyOf(warnings);
    }

    /**
     * The target as it was.
     *
     * @param topicIds base64, by name
     * @param logs of the partitions that the plan points into
     */
    public record World(
            String clusterId,
            List<String> bootstrapServers,
            Map<String, String> topicIds,
            Map<TopicPartition, LogRange> logs) {
        public World {
            bootstrapServers = List.copyOf(bootstrapServers);
            topicIds = Collections.unmodifiableSortedMap(new TreeMap<>(topicIds));
            logs = Collections.unmodifiableSortedMap(new TreeMap<>(logs));
        }
    }
}
