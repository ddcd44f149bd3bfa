package io.segue.protocol.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code restore:}.
 *
 * @param windowStart first record timestamp restored, inclusive
 * @param windowEnd last record timestamp restored, inclusive
 * @param sourcePartitions only these, of every topic; empty: all
 * @param partitionMapping source → target partition, of every topic; unmapped: the same
 * @param topicMapping source → target topic
 * @param repartitioning by target topic
 * @param mergeOrder of several source partitions that flow into one
 * @param offsets of the records on the target
 * @param delivery how records get there, and what is guaranteed of it
 * @param dropMarkers leave out records that look like the ends of transactions
 * @param offsetHeaders add {@code x-kafka-backup-*} headers ({@code include_original_offset_header}, or
 *     {@code consumer_group_strategy: header-based})
 * @param createTopics create target topics that are missing; default true
 * @param replicationFactor of created topics; −1: the brokers' default
 * @param consumerGroups reset these groups; empty with {@code autoConsumerGroups}: all of the backup's snapshot
 * @param noAnswer what to do with a partition of a group for which nothing was restored
 * @param offsetReport local file for the peer's offset-mapping JSON
 */
public record RestoreConfig(
        Optional<Long> windowStart,
        Optional<Long> windowEnd,
        Set<Integer> sourcePartitions,
        Map<Integer, Integer> partitionMapping,
        Map<String, String> topicMapping,
        Map<String, Repartitioning> repartitioning,
        MergeOrder mergeOrder,
        OffsetMode offsets,
        DeliveryMode delivery,
        boolean dropMarkers,
        boolean offsetHeaders,
        boolean dryRun,
        int maxConcurrentPartitions,
        boolean createTopics,
        int replicationFactor,
        BatchCompression batchCompression,
        List<String> consumerGroups,
        boolean resetConsumerOffsets,
        boolean autoConsumerGroups,
        NoAnswerPolicy noAnswer,
        Optional<Path> offsetReport) {
    public RestoreConfig {
        sourcePartitions = Set.copyOf(sourcePartitions);
        partitionMapping = Map.copyOf(partitionMapping);
        topicMapping = Map.copyOf(topicMapping);
        repartitioning = Map.copyOf(repartitioning);
        consumerGroups = List.copyOf(consumerGroups);
    }

    /**
     * Another number of partitions.
     *
     * @param anyPartitioner keys are not where the Java client's default partitioner puts them: every target partition reads
     *     every source partition
     */
    public record Repartitioning(int partitions, boolean anyPartitioner) {}

    /** In which order records of several source partitions go into one target partition. */
    public enum MergeOrder {
        /** What groups had read before what they had not, as far as their commits allow, and then by timestamp. */
        CUTS,
        /** By timestamp. */
        TIMESTAMP
    }

    /** Which offsets records get. */
    public enum OffsetMode {
        /** One after another from the end of the log. */
        DENSE,
        /** Those of the source, or the restore is refused. */
        PRESERVE,
        /** Those of the source where that is possible and cheap. */
        AUTO
    }

    /** Codec of the batches produced to the target. */
    public enum BatchCompression {
        NONE,
        LZ4,
        ZSTD
    }

    /** Rule R1: where nothing was restored there is no answer. */
    public enum NoAnswerPolicy {
        REFUSE,
        EARLIEST,
        LATEST,
        SKIP
    }
}
