package io.segue.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.sandbox.ClusterOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BrokerSettingsTest {
    @Test
    void internalTopicsHaveAsManyReplicasAsTheClusterCanHold() {
        assertEquals("1 1", replicasAndInSync(1));
        assertEquals("2 1", replicasAndInSync(2));
        assertEquals("3 2", replicasAndInSync(3));
        assertEquals("3 2", replicasAndInSync(5));
    }

    @Test
    void theCallersPropertiesWin() {
        ClusterOptions options = ClusterOptions.of(1)
                .withProperty("auto.create.topics.enable", "true")
                .withProperty("log.retention.check.interval.ms", "500");
        Map<String, String> settings = BrokerSettings.of(options);
        assertEquals("true", settings.get("auto.create.topics.enable"));
        assertEquals("500", settings.get("log.retention.check.interval.ms"));
    }

    @Test
    void clustersOfImpossibleSizeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ClusterOptions.of(0));
        assertThrows(IllegalArgumentException.class, () -> ClusterOptions.of(6));
        assertThrows(IllegalArgumentException.class, () -> ClusterOptions.of(1).withHeap(64));
    }

    private static String replicasAndInSync(int brokers) {
        Map<String, String> settings = BrokerSettings.of(ClusterOptions.of(brokers));
        assertEquals(
                settings.get("offsets.topic.replication.factor"),
                settings.get("transaction.state.log.replication.factor"));
        return settings.get("offsets.topic.replication.factor") + " " + settings.get("transaction.state.log.min.isr");
    }
}
