package io.segue.coordinator.plan;

import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.text.Units;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the brokers delete records of a topic by themselves.
 *
 * @param millis after a record's time; −1: never
 * @param ownMillis false: by the brokers' default
 * @param bytes of a partition's log from which on; −1: at no size
 */
public record Retention(long millis, boolean ownMillis, long bytes) {
    private static final String MILLIS = "retention.ms";
    private static final String BYTES = "retention.bytes";
    private static final String POLICY = "cleanup.policy";
    private static final String DELETE = "delete";
    private static final Retention NEVER = new Retention(-1, true, -1);

    /** What brokers do with topics that do not say it themselves. */
    public record Defaults(String policy, long millis, long bytes) {
        /** Kafka's own. */
        public static final Defaults OF_KAFKA = new Defaults(DELETE, 7L * 24 * 3_600_000, -1);

        /** Those of a cluster; Kafka's own where the user may not see them. */
        public static Defaults of(KafkaCluster cluster) {
            try {
                Map<String, String> configs = cluster.brokerConfigs();
                return new Defaults(
                        configs.getOrDefault("log.cleanup.policy", DELETE),
                        cluster.defaultRetentionMs(),
                        Long.parseLong(configs.getOrDefault("log.retention.bytes", "-1")));
            } catch (KafkaFailure e) {
                if (e.retryable()) {
                    throw e;
                }
                return OF_KAFKA;
            }
        }
    }

    /** @param configs the topic's own; null or absent: the default counts */
    public static Retention of(Map<String, @Nullable String> configs, Defaults defaults) {
        String policy = configs.get(POLICY);
        if (!(policy == null ? defaults.policy() : policy).contains(DELETE)) {
            return NEVER;
        }
        String millis = configs.get(MILLIS);
        String bytes = configs.get(BYTES);
        return new Retention(
                millis == null ? defaults.millis() : Long.parseLong(millis),
                millis != null,
                bytes == null ? defaults.bytes() : Long.parseLong(bytes));
    }

    public boolean byTime() {
        return millis >= 0;
    }

    public boolean bySize() {
        return bytes >= 0;
    }

    /** The setting as an operator would look for it. */
    public String timeInWords() {
        return MILLIS + "=" + millis + " (" + Units.period(millis) + (ownMillis ? ")" : ", the brokers' default)");
    }

    public String sizeInWords() {
        return BYTES + "=" + bytes + " (" + Units.bytes(bytes) + ")";
    }
}
