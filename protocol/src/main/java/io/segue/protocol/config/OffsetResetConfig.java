package io.segue.protocol.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code offset_reset:} of the mission page.
 *
 * @param sourceCluster id of the cluster whose offsets the headers carry
 * @param groups empty: those of the restore
 * @param timestamp epoch milliseconds, for {@link Strategy#TIMESTAMP}
 * @param offset for {@link Strategy#OFFSET}
 * @param mappingFile the peer's offset-mapping JSON, for {@link Strategy#FROM_MAPPING}
 * @param scanAllPartitions look for a partition's records in every target partition
 * @param topicMapping source → target topic; empty: that of the restore
 */
public record OffsetResetConfig(
        Strategy strategy,
        Optional<String> sourceCluster,
        List<String> groups,
        Optional<Long> timestamp,
        Optional<Long> offset,
        Optional<Path> mappingFile,
        boolean scanAllPartitions,
        Map<String, String> topicMapping) {
    public OffsetResetConfig {
        groups = List.copyOf(groups);
        topicMapping = Map.copyOf(topicMapping);
    }

    /** Where the target offset of a group comes from. */
    public enum Strategy {
        HEADER_BASED,
        FROM_MAPPING,
        TIMESTAMP,
        EARLIEST,
        LATEST,
        OFFSET;

        /** As the page writes it: {@code header-based}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
