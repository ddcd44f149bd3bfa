package io.segue.protocol.kafka;

import io.segue.protocol.kafka.GroupCommits.Commit;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cluster in memory, for tests. It answers as brokers 4.x were seen to answer: commits to a group with members are
 * refused, each unknown partition by itself, offsets beyond the log are accepted. It fails where its {@link Fault} says so:
 * before an operation, or after it, when the caller does not learn that it happened.
 */
public final class InMemoryKafkaCluster implements KafkaCluster {
    private static final int MAX_METADATA = 4096;

    /** Called before and after the operations on groups, with the group's id; it fails them by throwing. */
    @FunctionalInterface
    public interface Fault {
        void strike(Moment moment, Operation operation, String groupId);
    }

    /** On which side of an operation the fault may strike. */
    public enum Moment {
        BEFORE,
        AFTER
    }

    /** The operations that may fail. */
    public enum Operation {
        FETCH,
        COMMIT,
        DELETE
    }

    private final String clusterId;
    private final Fault fault;
    private final Map<String, Topic> topics = new TreeMap<>();
    private final Map<TopicPartition, LogRange> logs = new TreeMap<>();
    private final Map<TopicPartition, TreeMap<Long, Long>> times = new TreeMap<>();
    private final Map<TopicPartition, Long> sizes = new TreeMap<>();
    private final Set<TopicPartition> leaderless = new TreeSet<>();
    private final Map<String, Set<String>> operations = new TreeMap<>();
    private final Map<String, Set<String>> groupOperations = new TreeMap<>();
    private final Map<String, Integer> deleted = new HashMap<>();
    private final Map<String, Group> groups = new TreeMap<>();
    private final Map<String, Map<TopicPartition, Commit>> commits = new TreeMap<>();

    public InMemoryKafkaCluster(String clusterId) {
        this(clusterId, (moment, operation, group) -> {});
    }

    public InMemoryKafkaCluster(String clusterId, Fault fault) {
        this.clusterId = clusterId;
        this.fault = fault;
    }

    /** Sets the ends of a partition's log; the topic comes into being with it. */
    public synchronized void log(String topic, int partition, long start, long end) {
        Topic known = topics.get(topic);
        int count = Math.max(partition + 1, known == null ? 0 : known.partitions());
        topics.put(
                topic,
                new Topic(
                        topic,
                        known == null ? newId(topic) : known.topicId(),
                        count,
                        false,
                        known == null ? Map.of() : known.configs()));
        for (int i = 0; i < count; i++) {
            logs.putIfAbsent(new TopicPartition(topic, i), new LogRange(0, 0, 0));
        }
        logs.put(new TopicPartition(topic, partition), new LogRange(start, end, end));
    }

    /** What the user may do with a topic; of those that are never told the cluster does not say. */
    public synchronized void mayOnly(String topic, Set<String> what) {
        operations.put(topic, what);
    }

    @Override
    public synchronized Map<String, Set<String>> topicOperations(Collection<String> names) {
        Map<String, Set<String>> found = new TreeMap<>(operations);
        found.keySet().retainAll(names);
        return found;
    }

    /** What the user may do with a group; without {@code DESCRIBE} it is not shown. Of others the cluster does not say. */
    public synchronized void groupOnly(String groupId, Set<String> what) {
        groupOperations.put(groupId, what);
    }

    @Override
    public synchronized Map<String, Set<String>> groupOperations(Collection<String> groupIds) {
        Map<String, Set<String>> found = new TreeMap<>(groupOperations);
        found.keySet().retainAll(groupIds);
        return found;
    }

    private void requireGroup(String groupId, String operation) {
        Set<String> may = groupOperations.get(groupId);
        if (may != null && !may.contains(operation)) {
            throw new KafkaFailure(
                    "Kafka cluster " + clusterId + ": no right to " + operation + " " + groupId, false, null);
        }
    }

    /** The time of a record; those that are never told have none. */
    public synchronized void recordAt(String topic, int partition, long offset, long timestamp) {
        times.computeIfAbsent(new TopicPartition(topic, partition), at -> new TreeMap<>())
                .put(offset, timestamp);
    }

    /** The brokers that hold a partition are down. */
    public synchronized void leaderless(String topic, int partition) {
        leaderless.add(new TopicPartition(topic, partition));
    }

    /** Bytes of a partition's log; of those that are never told it is not known. */
    public synchronized void size(String topic, int partition, long bytes) {
        sizes.put(new TopicPartition(topic, partition), bytes);
    }

    /** The topic is gone; if it is made again, it is another one. */
    @Override
    public synchronized void deleteTopic(String topic) {
        topics.remove(topic);
        logs.keySet().removeIf(partition -> partition.topic().equals(topic));
        deleted.merge(topic, 1, Integer::sum);
    }

    private String newId(String topic) {
        return "id-of-" + topic + (deleted.containsKey(topic) ? "-" + deleted.get(topic) : "");
    }

    /** Consumers join a group. */
    public synchronized void join(String groupId, String... members) {
        groups.put(groupId, new Group(groupId, "Stable", "classic", List.of(members)));
    }

    /** All consumers leave a group. */
    public synchronized void leave(String groupId) {
        groups.put(groupId, new Group(groupId, "Empty", "classic", List.of()));
    }

    /** A commit by the group's own consumer, which nothing refuses. */
    public synchronized void consumed(String groupId, String topic, int partition, long offset) {
        groups.putIfAbsent(groupId, new Group(groupId, "Empty", "classic", List.of()));
        of(groupId).put(new TopicPartition(topic, partition), new Commit(offset, null));
    }

    private Map<TopicPartition, Commit> of(String groupId) {
        return commits.computeIfAbsent(groupId, id -> new TreeMap<>());
    }

    @Override
    public String clusterId() {
        return clusterId;
    }

    @Override
    public synchronized Map<String, Topic> topics() {
        return Map.copyOf(topics);
    }

    @Override
    public synchronized Map<String, Topic> topics(Collection<String> names) {
        Map<String, Topic> found = new TreeMap<>(topics);
        found.keySet().retainAll(names);
        return found;
    }

    /** Of three brokers, in turn. */
    @Override
    public synchronized Map<TopicPartition, Integer> leaders(Collection<String> names) {
        Map<TopicPartition, Integer> leaders = new TreeMap<>();
        logs.keySet().stream()
                .filter(partition -> names.contains(partition.topic()) && !leaderless.contains(partition))
                .forEach(partition -> leaders.put(partition, partition.partition() % 3));
        return leaders;
    }

    /** Seven days, as Kafka's own default is. */
    @Override
    public long defaultRetentionMs() {
        return 7L * 24 * 3_600_000;
    }

    @Override
    public synchronized void createTopic(
            String name, int partitions, int replicationFactor, Map<String, String> configs) {
        if (topics.containsKey(name)) {
            throw new KafkaFailure("Kafka cluster " + clusterId + ": topic " + name + " already exists", false, null);
        }
        topics.put(name, new Topic(name, newId(name), partitions, false, configs));
        for (int i = 0; i < partitions; i++) {
            logs.put(new TopicPartition(name, i), new LogRange(0, 0, 0));
        }
    }

    @Override
    public synchronized void alterConfigs(String topic, Map<String, Optional<String>> configs) {
        Topic known = existing(topic);
        Map<String, String> changed = new TreeMap<>(known.configs());
        configs.forEach((key, value) -> {
            changed.remove(key);
            value.ifPresent(present -> changed.put(key, present));
        });
        topics.put(topic, new Topic(topic, known.topicId(), known.partitions(), known.internal(), changed));
    }

    private Topic existing(String topic) {
        Topic known = topics.get(topic);
        if (known == null) {
            throw new KafkaFailure("Kafka cluster " + clusterId + ": no topic " + topic, false, null);
        }
        return known;
    }

    @Override
    public synchronized Map<TopicPartition, LogRange> logRanges(Collection<TopicPartition> partitions) {
        Map<TopicPartition, LogRange> found = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            LogRange range = logs.get(partition);
            if (leaderless.contains(partition)) {
                throw new KafkaFailure("Kafka cluster " + clusterId + ": no leader of " + partition, true, null);
            }
            if (range == null) {
                throw new KafkaFailure("Kafka cluster " + clusterId + ": no partition " + partition, false, null);
            }
            found.put(partition, range);
        }
        return found;
    }

    @Override
    public synchronized Map<TopicPartition, Long> offsetsForTime(
            Collection<TopicPartition> partitions, long timestamp) {
        Map<TopicPartition, Long> found = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            times.getOrDefault(partition, new TreeMap<>()).entrySet().stream()
                    .filter(record -> record.getValue() >= timestamp)
                    .findFirst()
                    .ifPresent(record -> found.put(partition, record.getKey()));
        }
        return found;
    }

    @Override
    public synchronized Map<TopicPartition, Long> logSizes(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> found = new TreeMap<>(sizes);
        found.keySet().retainAll(partitions);
        return found;
    }

    @Override
    public List<OpenTransaction> openTransactions(Collection<TopicPartition> partitions) {
        return List.of();
    }

    @Override
    public synchronized Set<String> groupIds() {
        return new TreeSet<>(groups.keySet());
    }

    @Override
    public synchronized Map<String, Group> groups(Collection<String> groupIds) {
        Map<String, Group> found = new TreeMap<>();
        groupIds.forEach(id -> found.put(id, standing(id)));
        return found;
    }

    private Group standing(String groupId) {
        requireGroup(groupId, "DESCRIBE");
        return groups.getOrDefault(groupId, new Group(groupId, "Dead", "none", List.of()));
    }

    @Override
    public synchronized GroupCommits commits(String groupId) {
        requireGroup(groupId, "DESCRIBE");
        fault.strike(Moment.BEFORE, Operation.FETCH, groupId);
        GroupCommits found = new GroupCommits(groupId, commits.getOrDefault(groupId, Map.of()));
        fault.strike(Moment.AFTER, Operation.FETCH, groupId);
        return found;
    }

    @Override
    public synchronized List<CommitResult> commit(GroupCommits wanted) {
        String groupId = wanted.groupId();
        requireGroup(groupId, "READ");
        fault.strike(Moment.BEFORE, Operation.COMMIT, groupId);
        boolean active = !standing(groupId).idle();
        List<CommitResult> results = wanted.commits().entrySet().stream()
                .map(entry ->
                        new CommitResult(entry.getKey(), refusal(active, entry.getKey(), entry.getValue()), false))
                .toList();
        for (CommitResult result : results) {
            if (result.error().isEmpty()) {
                of(groupId).put(result.partition(), wanted.commits().get(result.partition()));
            }
        }
        if (!active && !wanted.commits().isEmpty()) {
            groups.putIfAbsent(groupId, new Group(groupId, "Empty", "classic", List.of()));
        }
        fault.strike(Moment.AFTER, Operation.COMMIT, groupId);
        return results;
    }

    private Optional<String> refusal(boolean active, TopicPartition partition, Commit commit) {
        if (active) {
            return Optional.of("the group has active members");
        }
        if (!logs.containsKey(partition)) {
            return Optional.of("the topic or partition does not exist");
        }
        String metadata = commit.metadata();
        return metadata != null && metadata.getBytes(StandardCharsets.UTF_8).length > MAX_METADATA
                ? Optional.of("the commit's metadata is too large")
                : Optional.empty();
    }

    @Override
    public synchronized List<CommitResult> deleteCommits(String groupId, Set<TopicPartition> partitions) {
        fault.strike(Moment.BEFORE, Operation.DELETE, groupId);
        boolean active = !standing(groupId).idle();
        if (!active) {
            of(groupId).keySet().removeAll(partitions);
        }
        fault.strike(Moment.AFTER, Operation.DELETE, groupId);
        return partitions.stream()
                .map(partition -> new CommitResult(
                        partition, active ? Optional.of("the group has active members") : Optional.empty(), false))
                .toList();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
