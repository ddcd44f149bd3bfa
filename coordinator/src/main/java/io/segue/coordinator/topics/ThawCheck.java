package io.segue.coordinator.topics;

import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Would the intended retention delete a record at or after the position of a group that was reset? Retention deletes a
 * prefix of the log, never beyond the first record that is young enough; so it is safe exactly if that record is at or
 * before every position.
 */
public final class ThawCheck {
    private final KafkaCluster target;
    private final long now;

    /** @param now epoch milliseconds */
    public ThawCheck(KafkaCluster target, long now) {
        this.target = target;
        this.now = now;
    }

    /**
     * Why the topic must stay frozen, or empty.
     *
     * @param lowest position that a reset left in each partition
     */
    public Optional<String> refusal(Map<String, @Nullable String> intended, Map<TopicPartition, Long> lowest) {
        String policy = intended.get("cleanup.policy");
        if (lowest.isEmpty() || (policy != null && !policy.contains("delete"))) {
            return Optional.empty();
        }
        String own = intended.get("retention.ms");
        long retention = own == null ? target.defaultRetentionMs() : Long.parseLong(own);
        if (retention < 0) {
            return Optional.empty();
        }
        Map<TopicPartition, Long> young = target.offsetsForTime(lowest.keySet(), now - retention);
        Map<TopicPartition, LogRange> logs = target.logRanges(lowest.keySet());
        for (Map.Entry<TopicPartition, Long> position : lowest.entrySet()) {
            LogRange log = logs.get(position.getKey());
            long end = log == null ? Long.MAX_VALUE : log.highWatermark();
            long firstKept = young.getOrDefault(position.getKey(), end);
            if (position.getValue() < firstKept) {
                return Optional.of(
                        "retention.ms=" + retention + " would delete records that a reset group has not read: "
                                + position.getKey() + " offsets " + position.getValue() + " to " + (firstKept - 1));
            }
        }
        return Optional.empty();
    }
}
