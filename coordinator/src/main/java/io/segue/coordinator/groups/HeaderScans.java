package io.segue.coordinator.groups;

import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PartitionMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads target partitions for the headers that tell where their records come from. */
public interface HeaderScans {
    /**
     * What the headers of one target partition say.
     *
     * @param mappings one for each source partition that was found in it
     * @param unmarked records without such headers, or of another source cluster
     * @param clusters names of source clusters that the records carry, the first few
     * @param problem why there is no exact mapping: a record twice, or two histories in one partition; null if there is
     */
    record Scanned(
            TopicPartition target,
            List<PartitionMapping> mappings,
            long records,
            long unmarked,
            List<String> clusters,
            @Nullable String problem) {
        public Scanned {
            mappings = List.copyOf(mappings);
            clusters = List.copyOf(clusters);
        }
    }

    /**
     * Reads the log from its first to its last record.
     *
     * @param sourceTopic name of the topic on the source, which headers do not carry
     * @param sourceCluster only records of this cluster; null: of any
     */
    Scanned scan(TopicPartition target, LogRange log, String sourceTopic, @Nullable String sourceCluster);
}
