package io.segue.protocol.job;

import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.config.RestoreConfig.MergeOrder;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.config.RestoreConfig.OffsetMode;
import io.segue.protocol.config.RestoreConfig.Repartitioning;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a restore job was asked to do: everything that decides its records, its mapping and its resets, and no secret.
 * Immutable; a resume with another spec is refused.
 *
 * @param manifestSha256 hex digest of the manifest's bytes: the archive the job reads
 * @param sourceClusterId id of the source cluster, empty if the archive does not know it
 * @param targetClusterId id of the target cluster: the only one it writes to
 * @param delivery as asked for; what became of {@code auto} is a {@link DeliveryChoice}
 */
public record RestoreSpec(
        String backupId,
        String manifestSha256,
        String sourceClusterId,
        String targetClusterId,
        Selected selected,
        Placement placement,
        boolean offsetHeaders,
        BatchCompression batchCompression,
        Topics topics,
        Groups groups,
        DeliveryMode delivery)
        implements JobSpec {
    public RestoreSpec {
        // jobs of before there was a choice
        delivery = Objects.requireNonNullElse(delivery, DeliveryMode.AUTO);
    }

    /** Delivered as a probe of the target finds best. */
    public RestoreSpec(
            String backupId,
            String manifestSha256,
            String sourceClusterId,
            String targetClusterId,
            Selected selected,
            Placement placement,
            boolean offsetHeaders,
            BatchCompression batchCompression,
            Topics topics,
            Groups groups) {
        this(
                backupId,
                manifestSha256,
                sourceClusterId,
                targetClusterId,
                selected,
                placement,
                offsetHeaders,
                batchCompression,
                topics,
                groups,
                DeliveryMode.AUTO);
    }

    @Override
    public JobKind kind() {
        return JobKind.RESTORE;
    }

    /** True if the partitions of a source topic do not stay as they are. */
    public boolean repartitioned(String sourceTopic) {
        return placement.repartitioning().containsKey(selected.target(sourceTopic));
    }

    /**
     * Which records, and where they go.
     *
     * @param windowStart epoch milliseconds, inclusive
     * @param windowEnd epoch milliseconds, inclusive
     * @param dropMarkers leave out records that look like the ends of transactions
     */
    public record Selected(
            List<String> includeTopics,
            List<String> excludeTopics,
            Set<Integer> sourcePartitions,
            Map<String, String> topicMapping,
            Map<Integer, Integer> partitionMapping,
            @Nullable Long windowStart,
            @Nullable Long windowEnd,
            boolean dropMarkers) {
        /** Whatever records look like. */
        public Selected(
                List<String> includeTopics,
                List<String> excludeTopics,
                Set<Integer> sourcePartitions,
                Map<String, String> topicMapping,
                Map<Integer, Integer> partitionMapping,
                @Nullable Long windowStart,
                @Nullable Long windowEnd) {
            this(
                    includeTopics,
                    excludeTopics,
                    sourcePartitions,
                    topicMapping,
                    partitionMapping,
                    windowStart,
                    windowEnd,
                    false);
        }

        /** True if this partition of any topic is restored. */
        public boolean takes(int sourcePartition) {
            return sourcePartitions.isEmpty() || sourcePartitions.contains(sourcePartition);
        }

        /** First time of records that are restored, epoch milliseconds. */
        public long from() {
            return windowStart == null ? Long.MIN_VALUE : windowStart;
        }

        /** Last time of records that are restored, epoch milliseconds. */
        public long to() {
            return windowEnd == null ? Long.MAX_VALUE : windowEnd;
        }

        /** Where a topic goes. */
        public String target(String sourceTopic) {
            return topicMapping.getOrDefault(sourceTopic, sourceTopic);
        }

        /** Where a partition goes as a whole, unless its topic is repartitioned. */
        public TopicPartition target(TopicPartition source) {
            return new TopicPartition(
                    target(source.topic()), partitionMapping.getOrDefault(source.partition(), source.partition()));
        }
    }

    /**
     * How records of several source partitions, or with gaps between them, are laid out on the target.
     *
     * @param repartitioning by target topic; {@code partitionMapping} does not apply to these
     */
    public record Placement(Map<String, Repartitioning> repartitioning, MergeOrder order, OffsetMode offsets) {
        /** Partitions stay as they are, offsets are dense. */
        public static final Placement PLAIN = new Placement(Map.of(), MergeOrder.CUTS, OffsetMode.DENSE);

        public Placement {
            repartitioning = Map.copyOf(repartitioning);
        }
    }

    /**
     * How target topics come to be.
     *
     * @param keepFrozen leave them frozen at the end, until somebody thaws them
     */
    public record Topics(boolean create, int replicationFactor, boolean keepFrozen) {}

    /**
     * The reset after the data.
     *
     * @param reset false: committed offsets stay untouched
     * @param names of the groups, or patterns; empty: all in the backup's group snapshot
     * @param chosen null: the exact position by the job's own mapping
     */
    public record Groups(
            boolean reset,
            List<String> names,
            NoAnswerPolicy noAnswer,
            @Nullable Chosen chosen) {
        /** By the job's own mapping. */
        public Groups(boolean reset, List<String> names, NoAnswerPolicy noAnswer) {
            this(reset, names, noAnswer, null);
        }
    }

    /**
     * A position that the operator chose, whatever the groups had committed.
     *
     * @param strategy {@code timestamp}, {@code earliest}, {@code latest} or {@code offset}
     * @param value of the time or the offset
     */
    public record Chosen(String strategy, @Nullable Long value) {}
}
