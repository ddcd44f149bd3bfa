package io.segue.coordinator.backup;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A source cluster in memory that can only be read. */
final class FakeSource implements KafkaCluster {
    private final Map<String, Topic> topics = new TreeMap<>();
    private final Map<TopicPartition, LogRange> ranges = new TreeMap<>();
    private final Map<String, Map<TopicPartition, Commit>> commits = new TreeMap<>();
    private final List<OpenTransaction> transactions = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, Set<String>> operations = new TreeMap<>();
    private boolean refusesTransactions;
    private String clusterId = "source-cluster";

    /** What was asked of the cluster, in order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** A topic whose partitions have these ends; all begin at 0. */
    FakeSource topic(String name, long... ends) {
        topics.put(
                name, new Topic(name, "id-" + name, ends.length, name.startsWith("__"), Map.of("retention.ms", "1")));
        for (int partition = 0; partition < ends.length; partition++) {
            range(name, partition, new LogRange(0, ends[partition], ends[partition]));
        }
        return this;
    }

    FakeSource range(String name, int partition, LogRange range) {
        ranges.put(new TopicPartition(name, partition), range);
        return this;
    }

    FakeSource commit(String group, String topic, int partition, long offset) {
        commits.computeIfAbsent(group, id -> new TreeMap<>())
                .put(new TopicPartition(topic, partition), new Commit(offset, "note"));
        return this;
    }

    FakeSource transaction(OpenTransaction transaction) {
        transactions.add(transaction);
        return this;
    }

    /** The same addresses belong to another cluster now. */
    void called(String otherId) {
        clusterId = otherId;
    }

    /** What the user may do with a topic; of others the cluster does not say. */
    FakeSource mayOnly(String topic, Set<String> what) {
        operations.put(topic, what);
        return this;
    }

    @Override
    public Map<String, Set<String>> topicOperations(Collection<String> names) {
        Map<String, Set<String>> found = new TreeMap<>(operations);
        found.keySet().retainAll(names);
        return found;
    }

    FakeSource refusingTransactions() {
        refusesTransactions = true;
        return this;
    }

    @Override
    public String clusterId() {
        return clusterId;
    }

    @Override
    public Map<String, Topic> topics() {
        return Map.copyOf(topics);
    }

    @Override
    public Map<TopicPartition, LogRange> logRanges(Collection<TopicPartition> partitions) {
        asked.add("log ranges");
        Map<TopicPartition, LogRange> found = new HashMap<>(ranges);
        found.keySet().retainAll(partitions);
        return found;
    }

    @Override
    public List<OpenTransaction> openTransactions(Collection<TopicPartition> partitions) {
        asked.add("open transactions of " + partitions);
        if (refusesTransactions) {
            throw new KafkaFailure("an ACL is missing", false, null);
        }
        return transactions;
    }

    @Override
    public Set<String> groupIds() {
        asked.add("groups");
        return commits.keySet();
    }

    @Override
    public Map<String, Group> groups(Collection<String> groupIds) {
        Map<String, Group> groups = new HashMap<>();
        groupIds.forEach(id -> groups.put(id, new Group(id, "Stable", "classic", List.of("a member"))));
        return groups;
    }

    @Override
    public GroupCommits commits(String groupId) {
        return new GroupCommits(groupId, commits.getOrDefault(groupId, Map.of()));
    }

    @Override
    public Map<String, Topic> topics(Collection<String> names) {
        throw new AssertionError("a backup asks for all topics");
    }

    @Override
    public long defaultRetentionMs() {
        return -1;
    }

    @Override
    public Map<TopicPartition, Long> offsetsForTime(Collection<TopicPartition> partitions, long timestamp) {
        throw new AssertionError("a backup begins at the log start");
    }

    @Override
    public void createTopic(String name, int partitions, int replicationFactor, Map<String, String> configs) {
        throw new AssertionError("a backup changes nothing");
    }

    @Override
    public void deleteTopic(String name) {
        throw new AssertionError("a backup changes nothing");
    }

    @Override
    public void alterConfigs(String topic, Map<String, Optional<String>> configs) {
        throw new AssertionError("a backup changes nothing");
    }

    @Override
    public List<CommitResult> commit(GroupCommits commits) {
        throw new AssertionError("a backup changes nothing");
    }

    @Override
    public List<CommitResult> deleteCommits(String groupId, Set<TopicPartition> partitions) {
        throw new AssertionError("a backup changes nothing");
    }

    @Override
    public void close() {}
}
