package io.segue.coordinator.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FreezeTest {
    private static final Map<String, String> SOURCE = Map.of(
            "cleanup.policy", "compact",
            "retention.ms", "1000",
            "message.timestamp.type", "LogAppendTime",
            "compression.type", "zstd",
            "min.insync.replicas", "2",
            "max.message.bytes", "5000000");

    @Test
    void whatDeletesOrRefusesOldRecordsIsHeldBack() {
        Map<String, String> frozen = Freeze.configsOfNew(SOURCE);

        assertEquals("delete", frozen.get("cleanup.policy"));
        assertEquals("-1", frozen.get("retention.ms"));
        assertEquals("-1", frozen.get("retention.bytes"));
        assertEquals("CreateTime", frozen.get("message.timestamp.type"));
        assertEquals(Long.toString(Long.MAX_VALUE), frozen.get("message.timestamp.before.max.ms"));
        assertEquals(Long.toString(Long.MAX_VALUE), frozen.get("message.timestamp.after.max.ms"));
    }

    @Test
    void theRestIsAsOnTheSourceButForReplication() {
        Map<String, String> frozen = Freeze.configsOfNew(SOURCE);

        assertEquals("zstd", frozen.get("compression.type"));
        assertFalse(frozen.containsKey("min.insync.replicas"));
    }

    /** Every record of the source fits, and every batch of ours. */
    @Test
    void messagesMayBeAsLargeAsTheLargest() {
        assertEquals("5000000", Freeze.configsOfNew(SOURCE).get("max.message.bytes"));
        assertEquals(
                "1048588",
                Freeze.configsOfNew(Map.of("max.message.bytes", "100")).get("max.message.bytes"));
        assertEquals(
                "6000000",
                Freeze.configsOfExisting(Map.of("max.message.bytes", "6000000"), SOURCE)
                        .get("max.message.bytes"));
        assertEquals(
                "5000000",
                Freeze.configsOfExisting(Map.of("max.message.bytes", "10"), SOURCE)
                        .get("max.message.bytes"));
    }

    @Test
    void anExistingTopicKeepsWhatIsNotFrozen() {
        Map<String, String> set = Freeze.configsOfExisting(Map.of("compression.type", "lz4"), SOURCE);

        assertFalse(set.containsKey("compression.type"));
    }

    /** Thawing sets exactly what freezing changed, and takes away what the topic did not have. */
    @Test
    void everyFrozenConfigGoesBack() {
        Map<String, @Nullable String> intended = Freeze.intended(SOURCE);

        assertTrue(intended.keySet()
                .containsAll(Freeze.configsOfExisting(SOURCE, Map.of()).keySet()));
        assertEquals("compact", intended.get("cleanup.policy"));
        assertEquals("1000", intended.get("retention.ms"));
        assertEquals("5000000", intended.get("max.message.bytes"));
        assertTrue(intended.containsKey("retention.bytes"));
        assertNull(intended.get("retention.bytes"));
        Map<String, String> thawed = new HashMap<>(Freeze.configsOfNew(SOURCE));
        intended.forEach((key, value) -> {
            if (value == null) {
                thawed.remove(key);
            } else {
                thawed.put(key, value);
            }
        });
        Map<String, String> expected = new HashMap<>(SOURCE);
        expected.remove("min.insync.replicas");
        assertEquals(expected, thawed);
    }
}
