package io.segue.protocol.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The port to a cluster's metadata, topics and groups. Every method blocks within a time limit (never call it on an event
 * loop), retries what is retryable within it, and throws {@link KafkaFailure} otherwise.
 */
public interface KafkaCluster extends AutoCloseable {
    /** A topic as it is now; {@code configs} holds the topic's own settings only, not the defaults of the brokers. */
    record Topic(String name, String topicId, int partitions, boolean internal, Map<String, String> configs) {
        public Topic {
            configs = Map.copyOf(configs);
        }
    }

    /** First offset, high watermark and last stable offset of a partition. */
    record LogRange(long start, long highWatermark, long lastStable) {}

    /**
     * A group's standing.
     *
     * @param state the broker's name for it: {@code Empty}, {@code Stable}, {@code Dead} for one that does not exist …
     * @param type {@code classic}, {@code consumer}, {@code share}, {@code streams}; {@code none} for one that does not exist
     * @param members one line per member: client id, host, and the instance id of a static member
     */
    record Group(String groupId, String state, String type, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }

        /** True if its offsets may be committed from outside: nobody is a member. */
        public boolean idle() {
            return members.isEmpty() && (state.equals("Empty") || state.equals("Dead"));
        }
    }

    /**
     * A transaction that keeps readers of committed data behind {@code firstOffset}.
     *
     * @param startedAt epoch milliseconds; of its last record where the start is not known
     * @param timeoutMs −1 where the owner of the transaction is not known
     */
    record OpenTransaction(
            TopicPartition partition,
            long firstOffset,
            long producerId,
            Optional<String> transactionalId,
            long startedAt,
            long timeoutMs) {}

    /** What one commit came to: empty on success, else the broker's error in words. */
    record CommitResult(TopicPartition partition, Optional<String> error, boolean retryable) {}

    String clusterId();

    /** Every topic of the cluster, or those named; names that do not exist are absent. */
    Map<String, Topic> topics();

    Map<String, Topic> topics(Collection<String> names);

    /** Ids of the brokers that lead the partitions of topics; partitions of which that is not known are absent. */
    default Map<TopicPartition, Integer> leaders(Collection<String> topics) {
        return Map.of();
    }

    /** How long brokers keep the records of a topic that does not say so itself, milliseconds; −1 for ever. */
    long defaultRetentionMs();

    /** Settings of the brokers with their defaults, as one of them has them; empty where the user may not see them. */
    default Map<String, String> brokerConfigs() {
        return Map.of();
    }

    /** What the user may do with topics, by the brokers' words ({@code WRITE}, {@code ALTER_CONFIGS} …); empty: not said. */
    default Map<String, Set<String>> topicOperations(Collection<String> names) {
        return Map.of();
    }

    /**
     * What the user may do with groups, by the brokers' words ({@code READ}, {@code DESCRIBE} …); nothing at all: it may not
     * even look at the group. Groups that do not exist, and those of which brokers do not say, are absent.
     */
    default Map<String, Set<String>> groupOperations(Collection<String> groupIds) {
        return Map.of();
    }

    /** Bytes that are free on the disks of each broker; empty where brokers do not say. */
    default Map<Integer, Long> freeBytes() {
        return Map.of();
    }

    /** Creates a topic; replication factor −1 is the brokers' default. Fails if it exists. */
    void createTopic(String name, int partitions, int replicationFactor, Map<String, String> configs);

    /** Deletes a topic, if it exists. */
    void deleteTopic(String name);

    /** Sets configs ({@code Optional.empty()} removes the topic's own value); others stay. */
    void alterConfigs(String topic, Map<String, Optional<String>> configs);

    Map<TopicPartition, LogRange> logRanges(Collection<TopicPartition> partitions);

    /** The first offset whose record has a timestamp at or after {@code timestamp}; partitions without one are absent. */
    Map<TopicPartition, Long> offsetsForTime(Collection<TopicPartition> partitions, long timestamp);

    /**
     * Timestamps, epoch milliseconds, of the first record at or after each offset; partitions without one are absent.
     * One small fetch for each partition.
     */
    default Map<TopicPartition, Long> recordTimes(Map<TopicPartition, Long> offsets) {
        return Map.of();
    }

    /**
     * Bytes that the log of each partition takes on a broker, the most of its replicas; partitions of which that is not
     * known, or the user may not see, are absent.
     */
    default Map<TopicPartition, Long> logSizes(Collection<TopicPartition> partitions) {
        return Map.of();
    }

    /** Open transactions of partitions. */
    List<OpenTransaction> openTransactions(Collection<TopicPartition> partitions);

    /** Ids of every group that commits offsets. */
    Set<String> groupIds();

    Map<String, Group> groups(Collection<String> groupIds);

    /** Committed offsets, stable ones only; a failure to fetch is thrown, never an empty answer. */
    GroupCommits commits(String groupId);

    /**
     * As {@link #commits(String)} for each, in as few requests as the brokers take.
     *
     * @throws KafkaFailure if a single group cannot be read
     */
    default Map<String, GroupCommits> commits(Collection<String> groupIds) {
        Map<String, GroupCommits> all = new TreeMap<>();
        groupIds.forEach(id -> all.put(id, commits(id)));
        return all;
    }

    /** Ids of the brokers that keep the groups' offsets now; groups of which that is not known are absent. */
    default Map<String, Integer> coordinators(Collection<String> groupIds) {
        return Map.of();
    }

    /** Commits in one request, without leader epochs. */
    List<CommitResult> commit(GroupCommits commits);

    /** Removes committed offsets. */
    List<CommitResult> deleteCommits(String groupId, Set<TopicPartition> partitions);

    @Override
    void close();
}
