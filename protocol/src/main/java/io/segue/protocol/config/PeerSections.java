package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.ValueType;
import io.segue.protocol.config.yaml.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sections of the peer that are read and checked, and used for nothing yet. */
final class PeerSections {
    private static final String JAVA_CLIENT = "Kafka's Java client always does that";
    private static final ValueType<Long> COUNT = Types.integer(0, Long.MAX_VALUE);

    static final Section<Map<String, Object>> CONNECTION = section(
            Key.of("tcp_keepalive", Types.flag(), "Keep idle connections alive.")
                    .or(true)
                    .withoutEffect(JAVA_CLIENT),
            Key.of("tcp_nodelay", Types.flag(), "Send small packets at once.")
                    .or(true)
                    .withoutEffect(JAVA_CLIENT),
            Key.of("keepalive_time_secs", COUNT, "Idle time before the first probe.")
                    .or(60L)
                    .withoutEffect("the operating system decides"),
            Key.of("keepalive_interval_secs", COUNT, "Time between probes.")
                    .or(20L)
                    .withoutEffect("the operating system decides"),
            Key.of("connections_per_broker", COUNT, "Size of the peer's pool.")
                    .or(4L)
                    .withoutEffect("the client opens what it needs"));

    static final Section<Map<String, Object>> OFFSET_STORAGE = section(
            Key.of("backend", Types.words("sqlite", "memory"), "Kind of database.")
                    .or("sqlite"),
            Key.of("db_path", Types.path(), "Its file."),
            Key.of("s3_key", Types.text(), "Not used by the peer either."),
            Key.of("sync_interval_secs", COUNT, "Not used by the peer either.").or(30L));

    static final Section<Map<String, Object>> METRICS = section(
            Key.of("enabled", Types.flag(), "Switches the server on.").or(true),
            Key.of("port", Types.smallInteger(0, 65_535), "Its port.").or(8080),
            Key.of("bind_address", Types.text(), "Its address.").or("0.0.0.0"),
            Key.of("path", Types.text(), "Path of the metrics.").or("/metrics"),
            Key.of("update_interval_ms", COUNT, "Not used by the peer either.").or(500L),
            Key.of("keep_alive_seconds", COUNT, "Time it serves after the end.").or(0L),
            Key.of("max_partition_labels", COUNT, "Partitions with a label of their own; 0: all.")
                    .or(100L));

    private PeerSections() {}

    private static Section<Map<String, Object>> section(Key<?>... keys) {
        return Section.of(List.of(keys), values -> written(List.of(keys), values));
    }

    private static Map<String, Object> written(List<Key<?>> keys, Values values) {
        Map<String, Object> written = new HashMap<>();
        for (Key<?> key : keys) {
            Optional<?> value = values.written(key) ? values.find(key) : Optional.empty();
            value.ifPresent(set -> written.put(key.name(), set));
        }
        return Map.copyOf(written);
    }
}
