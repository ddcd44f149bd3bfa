package io.segue.protocol.job;

import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a restore job delivers: chosen once, before its first attempt is granted. A job without one is fenced.
 *
 * @param mode never {@link DeliveryMode#AUTO}
 * @param evidence what a probe of the target saw, in words
 * @param journal topic that records transactions; null where they are not used
 */
public record DeliveryChoice(
        int version,
        DeliveryMode mode,
        List<String> evidence,
        @Nullable JournalTopic journal) {
    /** Name of the document. */
    public static final String NAME = "delivery.json";

    /** Of jobs that were begun when there was nothing to choose. */
    public static final DeliveryChoice FENCED = new DeliveryChoice(1, DeliveryMode.FENCED, List.of(), null);

    public DeliveryChoice {
        evidence = List.copyOf(evidence);
    }

    /**
     * Where transactions of a job say what they hold.
     *
     * @param topicId base64
     * @param partitions a task's is the hash of its id modulo this
     */
    public record JournalTopic(String name, String topicId, int partitions) {
        /** How the names of all of them begin. */
        public static final String PREFIX = "segue-journal-";

        /** Where a task's entries are. */
        public TopicPartition of(String taskId) {
            return new TopicPartition(name, Math.floorMod(taskId.hashCode(), partitions));
        }
    }
}
