package io.segue.protocol.kafka.vertx;

import io.segue.protocol.kafka.AclCommand;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import io.vertx.kafka.admin.ConfigEntry;
import io.vertx.kafka.admin.TopicDescription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Topics and their configs. */
final class TopicCalls {
    /** Topics in one request: keeps answers of large clusters below the brokers' limits. */
    private static final int CHUNK = 200;

    private final KafkaCalls calls;

    TopicCalls(KafkaCalls calls) {
        this.calls = calls;
    }

    Set<String> names() {
        return calls.askNative(
                "list the topics",
                admin -> admin.listTopics(new ListTopicsOptions().listInternal(true))
                        .names());
    }

    Map<String, Topic> describe(Collection<String> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        // Repeated as a whole: a topic that is deleted between the two questions fails the second.
        return calls.repeat("describe topics", () -> {
            Set<String> existing = new TreeSet<>(names());
            existing.retainAll(Set.copyOf(wanted));
            Map<String, Topic> found = new TreeMap<>();
            for (List<String> chunk : chunks(existing)) {
                found.putAll(KafkaErrors.whileListed(() -> describeChunk(chunk)));
            }
            return found;
        });
    }

    private Map<String, Topic> describeChunk(List<String> names) throws Exception {
        Map<String, TopicDescription> described = calls.await(calls.client().describeTopics(names));
        Map<String, Map<String, String>> own = ownConfigs(names);
        Map<String, Topic> topics = new HashMap<>();
        described.forEach((name, topic) -> topics.put(
                name,
                new Topic(
                        name,
                        topic.getTopicId().toString(),
                        topic.getPartitions().size(),
                        topic.isInternal(),
                        own.getOrDefault(name, Map.of()))));
        return topics;
    }

    private Map<String, Map<String, String>> ownConfigs(List<String> names) throws Exception {
        try {
            return configs(names, entry -> entry.getSource() == ConfigSource.DYNAMIC_TOPIC_CONFIG);
        } catch (ExecutionException e) {
            if (KafkaErrors.unwrap(e) instanceof TopicAuthorizationException denied) {
                throw configsDenied(names, denied);
            }
            throw e;
        }
    }

    /** The brokers' own error does not say of which topic. */
    private KafkaFailure configsDenied(List<String> names, TopicAuthorizationException cause) {
        List<String> denied = operations(names).entrySet().stream()
                .filter(topic -> !topic.getValue().contains("DESCRIBE_CONFIGS"))
                .map(Map.Entry::getKey)
                .toList();
        String command = denied.isEmpty() ? "" : ": " + AclCommand.topic(denied.get(0), Set.of("DESCRIBE_CONFIGS"));
        return new KafkaFailure("the configs of topics " + denied + " may not be read" + command, false, cause);
    }

    /** Topics that do not exist, and partitions without a leader, are absent. */
    Map<TopicPartition, Integer> leaders(Collection<String> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        return calls.repeat("find the leaders of partitions", () -> {
            Set<String> existing = new TreeSet<>(names());
            existing.retainAll(Set.copyOf(wanted));
            Map<TopicPartition, Integer> leaders = new HashMap<>();
            for (List<String> chunk : chunks(existing)) {
                KafkaErrors.whileListed(() -> calls.await(calls.client().describeTopics(chunk)))
                        .forEach((name, topic) -> topic.getPartitions().stream()
                                .filter(partition -> partition.getLeader() != null)
                                .forEach(partition -> leaders.put(
                                        new TopicPartition(name, partition.getPartition()),
                                        partition.getLeader().getId())));
            }
            return leaders;
        });
    }

    /** Of one broker, for all: by milliseconds, else minutes, else hours, as brokers themselves decide it. */
    long defaultRetentionMs() {
        Map<String, String> configs = brokerConfigs();
        return retention(configs, "log.retention.ms", 1)
                .or(() -> retention(configs, "log.retention.minutes", 60_000))
                .or(() -> retention(configs, "log.retention.hours", 3_600_000))
                .orElse(-1L);
    }

    Map<String, String> brokerConfigs() {
        Node broker = calls.askNative(
                        "list the brokers", admin -> admin.describeCluster().nodes())
                .iterator()
                .next();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
        Config config = calls.askNative(
                "read the settings of broker " + broker.idString(),
                admin -> admin.describeConfigs(List.of(resource)).values().get(resource));
        Map<String, String> values = new TreeMap<>();
        config.entries().stream()
                .filter(entry -> entry.value() != null)
                .forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }

    Map<String, Set<String>> operations(Collection<String> names) {
        Map<String, Set<String>> operations = new TreeMap<>();
        if (!names.isEmpty()) {
            calls.askNative(
                            "ask what may be done with topics",
                            admin -> admin.describeTopics(
                                            names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                                    .allTopicNames())
                    .forEach((name, topic) -> {
                        Set<String> words = new TreeSet<>();
                        Optional.ofNullable(topic.authorizedOperations())
                                .ifPresent(all -> all.forEach(operation -> words.add(operation.name())));
                        operations.put(name, words);
                    });
        }
        return operations;
    }

    Map<Integer, Long> freeBytes() {
        List<Integer> brokers = calls
                .askNative("list the brokers", admin -> admin.describeCluster().nodes())
                .stream()
                .map(Node::id)
                .toList();
        Map<Integer, Long> free = new TreeMap<>();
        calls.askNative(
                        "ask for the disks of the brokers",
                        admin -> admin.describeLogDirs(brokers).allDescriptions())
                .forEach((broker, directories) -> {
                    if (directories.values().stream()
                            .allMatch(one -> one.usableBytes().isPresent())) {
                        free.put(
                                broker,
                                directories.values().stream()
                                        .mapToLong(one -> one.usableBytes().orElse(0))
                                        .sum());
                    }
                });
        return free;
    }

    private static Optional<Long> retention(Map<String, String> configs, String name, long unit) {
        return Optional.ofNullable(configs.get(name))
                .map(value -> Long.parseLong(value) < 0 ? -1 : Long.parseLong(value) * unit);
    }

    private Map<String, Map<String, String>> configs(List<String> names, Predicate<ConfigEntry> wanted)
            throws Exception {
        List<io.vertx.kafka.client.common.ConfigResource> resources = names.stream()
                .map(name -> new io.vertx.kafka.client.common.ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> all = new HashMap<>();
        calls.await(calls.client().describeConfigs(resources)).forEach((resource, config) -> {
            Map<String, String> values = new TreeMap<>();
            for (ConfigEntry entry : config.getEntries()) {
                if (wanted.test(entry) && entry.getValue() != null) {
                    values.put(entry.getName(), entry.getValue());
                }
            }
            all.put(resource.getName(), values);
        });
        return all;
    }

    /** Creates, then waits until the cluster shows every partition with a leader: what follows needs them. */
    void create(String name, int partitions, int replicationFactor, Map<String, String> configs) {
        String what = "create topic " + name + " with " + partitions + " partitions";
        NewTopic topic = new NewTopic(name, partitions, (short) replicationFactor).configs(configs);
        calls.askOnce(what, admin -> admin.createTopics(List.of(topic)).all());
        calls.repeat(
                "see the new topic " + name,
                () -> KafkaErrors.whileListed(() -> {
                    TopicDescription seen = calls.await(calls.client().describeTopics(List.of(name)))
                            .get(name);
                    if (seen == null
                            || seen.getPartitions().size() != partitions
                            || seen.getPartitions().stream().anyMatch(partition -> partition.getLeader() == null)) {
                        throw new LeaderNotAvailableException("not yet visible with all its leaders");
                    }
                    return seen;
                }));
    }

    void delete(String name) {
        if (names().contains(name)) {
            calls.askOnce(
                    "delete topic " + name,
                    admin -> admin.deleteTopics(List.of(name)).all());
        }
    }

    void alterConfigs(String topic, Map<String, Optional<String>> configs) {
        if (configs.isEmpty()) {
            return;
        }
        List<AlterConfigOp> operations = new ArrayList<>();
        new LinkedHashMap<>(configs)
                .forEach((key, value) -> operations.add(new AlterConfigOp(
                        new org.apache.kafka.clients.admin.ConfigEntry(key, value.orElse("")),
                        value.isPresent() ? AlterConfigOp.OpType.SET : AlterConfigOp.OpType.DELETE)));
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        calls.askNative(
                "set configs " + new TreeSet<>(configs.keySet()) + " of topic " + topic,
                admin -> admin.incrementalAlterConfigs(Map.of(resource, operations))
                        .all());
    }

    static List<List<String>> chunks(Collection<String> names) {
        List<String> ordered = List.copyOf(names);
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < ordered.size(); from += CHUNK) {
            chunks.add(ordered.subList(from, Math.min(from + CHUNK, ordered.size())));
        }
        return chunks;
    }
}
