package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.config.OffsetResetConfig.Strategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every YAML block of the page "Offset Discontinuity" loads as it is written there, without a warning. */
final class MissionPageConfigTest {
    @Test
    void headerBasedReset() throws IOException {
        OffsetResetConfig reset = inRestore("header-based").offsetReset().orElseThrow();
        assertEquals(Strategy.HEADER_BASED, reset.strategy());
        assertEquals(Optional.of("source-cluster-id"), reset.sourceCluster());
        assertEquals(List.of("order-processor", "payment-processor"), reset.groups());
    }

    @Test
    void timestampReset() throws IOException {
        OffsetResetConfig reset = inRestore("timestamp").offsetReset().orElseThrow();
        assertEquals(Strategy.TIMESTAMP, reset.strategy());
        assertEquals(Optional.of(1701421200000L), reset.timestamp());
    }

    @Test
    void threePhaseRestoreIsACompleteFile() throws IOException {
        JobConfig config = quietly(block("three-phase"));
        assertEquals("my-backup", config.backupId());
        assertEquals(
                List.of("target-kafka:9092"),
                config.target().orElseThrow().connection().bootstrapServers());
        assertEquals(
                new StorageConfig.S3(
                        "kafka-backups",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "production",
                        false),
                config.storage());
        assertTrue(config.restore().offsetHeaders());
        assertTrue(config.restore().resetConsumerOffsets());
        assertEquals(
                List.of("order-processor", "payment-processor", "notification-service"),
                config.restore().consumerGroups());
    }

    @Test
    void pitrRestore() throws IOException {
        RestoreConfig restore = inRestore("pitr").restore();
        assertEquals(Optional.of(1701388800000L), restore.windowStart());
        assertEquals(Optional.of(1701410400000L), restore.windowEnd());
    }

    @Test
    void partitionCountChange() throws IOException {
        assertTrue(inRestore("partition-count").offsetReset().orElseThrow().scanAllPartitions());
    }

    @Test
    void topicRemapping() throws IOException {
        JobConfig config = inRestore("topic-remapping");
        Map<String, String> mapping = Map.of("orders", "restored-orders", "payments", "restored-payments");
        assertEquals(mapping, config.restore().topicMapping());
        assertEquals(mapping, config.offsetReset().orElseThrow().topicMapping());
    }

    private static JobConfig inRestore(String block) throws IOException {
        return quietly(Loading.RESTORE + block(block));
    }

    private static JobConfig quietly(String text) {
        ConfigResult.Loaded loaded = Loading.plain().loaded(text);
        assertEquals(List.of(), loaded.warnings());
        return loaded.config();
    }

    private static String block(String name) throws IOException {
        try (InputStream in = MissionPageConfigTest.class.getResourceAsStream("/mission-page/" + name + ".yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
