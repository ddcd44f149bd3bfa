package io.segue.coordinator.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.topics.ThawCheck.Effect;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private Effect effect(@Nullable String policy, @Nullable String retention, Map<TopicPartition, Long> at) {
        Map<String, @Nullable String> intended = new TreeMap<>();
        intended.put("cleanup.policy", policy);
        intended.put("retention.ms", retention);
        return effect(1_000, intended, at);
    }

    private Effect effect(long now, Map<String, @Nullable String> intended, Map<TopicPartition, Long> at) {
        return Objects.requireNonNull(new ThawCheck(target, now)
                .of(List.of(new ThawCheck.Subject("orders", intended, List.of(0L), at)))
                .get("orders"));
    }

    private Optional<String> refusal(
            @Nullable String policy, @Nullable String retention, Map<TopicPartition, Long> at) {
        return effect(policy, retention, at).refusal();
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

    /** An operator decides on --force by it: not by one partition of many. */
    @Test
    void everyPartitionThatWouldLoseIsCounted() {
        Map<TopicPartition, Long> positions = new TreeMap<>();
        target.createTopic("wide", 5, 1, Map.of());
        for (int p = 0; p < 5; p++) {
            target.log("wide", p, 0, 3);
            for (int i = 0; i < 3; i++) {
                target.recordAt("wide", p, i, 100L * (i + 1));
            }
            positions.put(new TopicPartition("wide", p), p == 4 ? 3L : (long) p);
        }
        Map<String, @Nullable String> intended = new TreeMap<>(Map.of("retention.ms", "5"));

        Effect effect = Objects.requireNonNull(new ThawCheck(target, 1_000)
                .of(List.of(new ThawCheck.Subject("wide", intended, List.of(0L, 0L, 0L, 0L, 0L), positions)))
                .get("wide"));

        assertEquals(
                Optional.of("retention.ms=5 would delete records that a reset group has not read: wide/0 offsets 0 to"
                        + " 2, wide/1 offsets 1 to 2, wide/2 offsets 2 to 2; 6 offsets in all"),
                effect.refusal());
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

        assertTrue(effect(700_000_000L, none, Map.of(PARTITION, 2L)).refusal().isPresent());
        assertEquals(
                Optional.empty(),
                effect(700_000_000L, none, Map.of(PARTITION, 3L)).refusal());
    }

    /** The operator is told what goes, and where it stands. */
    @Test
    void whatNobodyProtectsIsCounted() {
        assertEquals(
                Optional.of("1 of 3 records is older than retention.ms=800 (800 ms): orders/0 offsets 0 to 0"),
                effect("delete", "800", Map.of()).deletes());
        assertEquals(
                Optional.of("2 of 3 records are older than retention.ms=750 (750 ms): orders/0 offsets 0 to 1"),
                effect("delete", "750", Map.of(PARTITION, 2L)).deletes());
        assertEquals(Optional.empty(), effect("delete", "1000", Map.of()).deletes());
        assertEquals(Optional.empty(), effect("compact", "10", Map.of()).deletes());
    }

    @Test
    void whatStoodThereBeforeTheJobIsNotCounted() {
        Map<String, @Nullable String> intended = new TreeMap<>(Map.of("retention.ms", "750"));

        Effect effect = Objects.requireNonNull(new ThawCheck(target, 1_000)
                .of(List.of(new ThawCheck.Subject("orders", intended, List.of(1L), Map.of())))
                .get("orders"));

        assertEquals(
                Optional.of("1 of 2 records is older than retention.ms=750 (750 ms): orders/0 offsets 1 to 1"),
                effect.deletes());
    }

    /** Nobody but the broker knows which records go first, so an unread one must not be among them. */
    @Test
    void aLogThatIsLargerThanItsRetentionIsNotThawedUnderAReader() {
        Map<String, @Nullable String> intended = new TreeMap<>(Map.of("retention.ms", "-1", "retention.bytes", "1000"));
        target.size("orders", 0, 1_001);

        assertEquals(
                Optional.of("retention.bytes=1000 could delete records that a reset group has not read: orders/0"
                        + " offsets 2 to 2"),
                effect(1_000, intended, Map.of(PARTITION, 2L)).refusal());
        assertEquals(
                Optional.of("the oldest records beyond retention.bytes=1000 (1.0 kB) go: orders/0 takes 1.0 kB"),
                effect(1_000, intended, Map.of(PARTITION, 3L)).deletes());
        target.size("orders", 0, 1_000);
        assertEquals(
                Optional.empty(), effect(1_000, intended, Map.of(PARTITION, 2L)).refusal());
        assertEquals(Optional.empty(), effect(1_000, intended, Map.of()).deletes());
    }
}
