package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.ValueType;
import io.segue.protocol.config.yaml.ValueType.Complaint;
import io.segue.protocol.config.yaml.Values;
import io.segue.protocol.kafka.KafkaConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code source:} and {@code target:}. */
final class ClusterSection {
    private static final Pattern SERVER = Pattern.compile("(?:\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):\\d{1,5}");

    static final Key<List<String>> BOOTSTRAP_SERVERS = Key.of(
                    "bootstrap_servers",
                    servers(),
                    "Brokers to begin with, `host:port` each; an element may hold several, separated by commas.")
            .required()
            .alias("brokers");
    static final Key<Map<String, String>> KAFKA_PROPERTIES = Key.of(
                    "kafka_properties",
                    SecretType.settings(),
                    "Any other setting of Kafka's Java clients, by its own name. Wins over the keys of this file.")
            .or(Map.of())
            .alias("kafka_config");
    static final Key<Map<String, Object>> CONNECTION = Key.of(
                    "connection", Types.section(PeerSections.CONNECTION), "The peer's settings of its connections.")
            .or(PeerSections.CONNECTION.whenAbsent(), "all defaults");

    private final SecuritySection security;
    private final Key<Map<String, String>> securityKey;
    private final Key<TopicFilter> topics;

    private ClusterSection(LocalFiles files, Section<TopicFilter> filter) {
        security = new SecuritySection(files);
        securityKey = Key.of("security", Types.section(security.section()), "Encryption and authentication.");
        topics = Key.of("topics", Types.section(filter), "Which topics.").or(filter.whenAbsent(), "all");
    }

    static Section<JobConfig.Cluster> section(LocalFiles files, Section<TopicFilter> filter) {
        ClusterSection cluster = new ClusterSection(files, filter);
        List<Key<?>> keys = new ArrayList<>(cluster.ownKeys());
        // The peer's older documentation writes the keys of security: here.
        keys.addAll(cluster.security.flatKeys());
        return new Section<>(keys, cluster::check, cluster::build);
    }

    /** The keys of the reference. */
    static List<Key<?>> keys() {
        return new ClusterSection(LocalFiles.ofThisMachine(), TopicsSection.OF_TARGET).ownKeys();
    }

    private List<Key<?>> ownKeys() {
        return List.of(BOOTSTRAP_SERVERS, securityKey, topics, KAFKA_PROPERTIES, CONNECTION);
    }

    private void check(Values values) {
        List<Key<?>> flat = security.flatKeys().stream().filter(values::written).toList();
        for (Key<?> key : flat) {
            if (values.written(securityKey)) {
                values.error(key, "stands beside security:", "move it below security:");
            } else {
                values.warning(key, "is accepted here", "move it below security:");
            }
        }
        if (!flat.isEmpty()) {
            security.check(values);
        }
        if (values.get(KAFKA_PROPERTIES).containsKey("bootstrap.servers")) {
            values.error(KAFKA_PROPERTIES, "holds bootstrap.servers", "use bootstrap_servers");
        }
    }

    private JobConfig.Cluster build(Values values) {
        Map<String, String> properties =
                new HashMap<>(values.find(securityKey).orElseGet(() -> security.build(values)));
        properties.putAll(values.get(KAFKA_PROPERTIES));
        return new JobConfig.Cluster(
                new KafkaConnection(values.get(BOOTSTRAP_SERVERS), properties), values.get(topics));
    }

    private static ValueType<List<String>> servers() {
        ValueType<List<String>> several = Types.text()
                .described("`host:port`")
                .map(text -> List.of(text.split("\\s*,\\s*", -1)))
                .unless(servers -> servers.stream()
                        .filter(server -> !SERVER.matcher(server).matches())
                        .findFirst()
                        .map(server -> new Complaint("expected host:port", "write for example kafka-1:9092")));
        return Types.listOf(several)
                .<List<String>>map(lists -> lists.stream().flatMap(List::stream).toList())
                .unless(servers -> servers.isEmpty()
                        ? Optional.of(new Complaint("names no broker", "write at least one host:port"))
                        : Optional.empty());
    }
}
