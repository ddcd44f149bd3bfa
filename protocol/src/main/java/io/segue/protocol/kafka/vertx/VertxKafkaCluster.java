package io.segue.protocol.kafka.vertx;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.time.Time;
import io.vertx.core.Vertx;
import io.vertx.kafka.admin.KafkaAdminClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.KafkaException;

/**
 * A cluster, administered through the Vert.x Kafka client; where that has no call, or one that loses what matters, through
 * the native client below it. Any number of threads may use it, but no event loop and no worker verticle: their answers
 * would queue behind the caller that waits for them.
 */
public final class VertxKafkaCluster implements KafkaCluster {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final AdminClient admin;
    private final KafkaCalls calls;
    private final TopicCalls topics;
    private final LogCalls logs;
    private final MembershipCalls memberships;
    private final GroupRights rights;
    private final GroupCalls groups;
    private final RecordCalls records;

    /**
     * Does not connect yet.
     *
     * @throws KafkaFailure if the settings are not usable, or no bootstrap name resolves
     */
    public VertxKafkaCluster(Vertx vertx, KafkaConnection connection) {
        this(vertx, connection, CallLimits.DEFAULT);
    }

    public VertxKafkaCluster(Vertx vertx, KafkaConnection connection, CallLimits limits) {
        this.admin = open(connection, limits);
        this.calls = new KafkaCalls(
                KafkaAdminClient.create(vertx, admin),
                admin,
                connection.bootstrapServers(),
                limits,
                Time.system(),
                // Drawn from the calling thread's generator, which must not be handed to another.
                () -> ThreadLocalRandom.current().nextLong());
        this.topics = new TopicCalls(calls);
        this.logs = new LogCalls(calls);
        this.memberships = new MembershipCalls(calls);
        this.rights = new GroupRights(calls);
        this.groups = new GroupCalls(calls);
        this.records = new RecordCalls(connection, limits);
    }

    private static AdminClient open(KafkaConnection connection, CallLimits limits) {
        Map<String, String> settings = new HashMap<>(connection.with(Map.of()));
        if (!settings.containsKey("request.timeout.ms") && !settings.containsKey("default.api.timeout.ms")) {
            settings.put("request.timeout.ms", Long.toString(limits.call().toMillis() / 3));
            settings.put("default.api.timeout.ms", Long.toString(limits.call().toMillis()));
        }
        Properties properties = new Properties();
        properties.putAll(settings);
        try {
            return AdminClient.create(properties);
        } catch (KafkaException e) {
            throw KafkaErrors.failure(connection.bootstrapServers(), "open a client", e);
        }
    }

    @Override
    public String clusterId() {
        return calls.ask("describe the cluster", KafkaAdminClient::describeCluster)
                .getClusterId();
    }

    @Override
    public Map<String, Topic> topics() {
        return topics.describe(topics.names());
    }

    @Override
    public Map<String, Topic> topics(Collection<String> names) {
        return topics.describe(names);
    }

    @Override
    public Map<TopicPartition, Integer> leaders(Collection<String> names) {
        return topics.leaders(names);
    }

    @Override
    public long defaultRetentionMs() {
        return topics.defaultRetentionMs();
    }

    @Override
    public Map<String, String> brokerConfigs() {
        return topics.brokerConfigs();
    }

    @Override
    public Map<String, Set<String>> topicOperations(Collection<String> names) {
        return topics.operations(names);
    }

    @Override
    public Map<String, Set<String>> groupOperations(Collection<String> groupIds) {
        return rights.of(groupIds);
    }

    @Override
    public Map<Integer, Long> freeBytes() {
        return topics.freeBytes();
    }

    @Override
    public void createTopic(String name, int partitions, int replicationFactor, Map<String, String> configs) {
        topics.create(name, partitions, replicationFactor, configs);
    }

    @Override
    public void deleteTopic(String name) {
        topics.delete(name);
    }

    @Override
    public void alterConfigs(String topic, Map<String, Optional<String>> configs) {
        topics.alterConfigs(topic, configs);
    }

    @Override
    public Map<TopicPartition, LogRange> logRanges(Collection<TopicPartition> partitions) {
        return logs.ranges(partitions);
    }

    @Override
    public Map<TopicPartition, Long> offsetsForTime(Collection<TopicPartition> partitions, long timestamp) {
        return logs.atTime(partitions, timestamp);
    }

    @Override
    public Map<TopicPartition, Long> logSizes(Collection<TopicPartition> partitions) {
        return logs.sizes(partitions);
    }

    @Override
    public Map<TopicPartition, Long> recordTimes(Map<TopicPartition, Long> offsets) {
        return records.times(offsets);
    }

    @Override
    public List<OpenTransaction> openTransactions(Collection<TopicPartition> partitions) {
        return logs.openTransactions(partitions);
    }

    @Override
    public Set<String> groupIds() {
        return memberships.ids();
    }

    @Override
    public Map<String, Group> groups(Collection<String> groupIds) {
        return memberships.describe(groupIds);
    }

    @Override
    public GroupCommits commits(String groupId) {
        return groups.commits(groupId);
    }

    @Override
    public Map<String, GroupCommits> commits(Collection<String> groupIds) {
        return groups.commits(groupIds);
    }

    @Override
    public Map<String, Integer> coordinators(Collection<String> groupIds) {
        return memberships.coordinators(groupIds);
    }

    @Override
    public List<CommitResult> commit(GroupCommits commits) {
        return groups.commit(commits);
    }

    @Override
    public List<CommitResult> deleteCommits(String groupId, Set<TopicPartition> partitions) {
        return groups.delete(groupId, partitions);
    }

    @Override
    public void close() {
        admin.close(CLOSE);
    }
}
