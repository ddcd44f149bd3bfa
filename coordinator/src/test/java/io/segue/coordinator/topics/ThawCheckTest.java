package io.segue.coordinator.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Three records of 100, 200 and 300; it is 1000. */
class ThawCheckTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final InMemoryKafkaCluster target = new InMemoryKafkaCluster("target-cluster");

    ThawCheckTest() {
        target.log("orders", 0, 0, 3);
        for (int i = 0; i < 3; i++) {
            target.recordAt("orders", 0, i, 100L * (i + 1));
        }
    }

    private Optional<String> refusal(
            @Nullable String policy, @Nullable String retention, Map<TopicPartition, Long> at) {
        Map<String, @Nullable String> intended = new TreeMap<>();
        intended.put("cleanup.policy", policy);
        intended.put("retention.ms", retention);
        return new ThawCheck(target, 1_000).refusal(intended, at);
    }

    @Test
    void whatAGroupHasNotReadIsNotDeleted() {
        Optional<String> refusal = refusal(null, "800", Map.of(PARTITION, 0L));

        assertEquals(
                Optional.of(
                        "retention.ms=800 would delete records that a reset group has not read: orders/0 offsets 0 to"
                                + " 0"),
                refusal);
    }

    @Test
    void whatEveryGroupHasReadMayGo() {
        assertEquals(Optional.empty(), refusal(null, "800", Map.of(PARTITION, 1L)));
        assertEquals(Optional.empty(), refusal("delete", "800", Map.of(PARTITION, 2L)));
    }

    @Test
    void whenAllRecordsAreOldOnlyThoseWhoReadAllAreSafe() {
        assertTrue(refusal(null, "10", Map.of(PARTITION, 2L)).isPresent());
        assertEquals(Optional.empty(), refusal(null, "10", Map.of(PARTITION, 3L)));
    }

    @Test
    void withoutAResetThereIsNobodyToLose() {
        assertEquals(Optional.empty(), refusal(null, "10", Map.of()));
    }

    @Test
    void compactionAloneDeletesNoPrefix() {
        assertEquals(Optional.empty(), refusal("compact", "10", Map.of(PARTITION, 0L)));
        assertTrue(refusal("compact,delete", "10", Map.of(PARTITION, 0L)).isPresent());
    }

    @Test
    void foreverIsSafe() {
        assertEquals(Optional.empty(), refusal("delete", "-1", Map.of(PARTITION, 0L)));
    }

    /** A topic without a retention of its own has the brokers', here a week: all three are long gone by then. */
    @Test
    void withoutItsOwnTheBrokersRetentionCounts() {
        Map<String, @Nullable String> none = new TreeMap<>();
        none.put("retention.ms", null);
        ThawCheck check = new ThawCheck(target, 700_000_000L);

        assertTrue(check.refusal(none, Map.of(PARTITION, 2L)).isPresent());
        assertEquals(Optional.empty(), check.refusal(none, Map.of(PARTITION, 3L)));
    }
}
