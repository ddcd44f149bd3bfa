package io.segue.protocol.config;

import io.segue.protocol.config.OffsetResetConfig.Strategy;
import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code offset_reset:}. */
final class OffsetResetSection {
    private static final String BUILT_IN = "the limits are built in";

    static final Key<Strategy> STRATEGY = Key.of(
                    "strategy", Types.words(Strategy.class), "Where the target offset of a group comes from.")
            .required();
    static final Key<String> SOURCE_CLUSTER = Key.of(
                    "source_cluster", Types.text(), "Id of the cluster whose offsets the headers carry.")
            .alias("source_cluster_id");
    static final Key<List<String>> GROUPS = Key.of(
                    "groups", Types.listOf(NameTypes.group()), "The groups. Empty: those of the restore.")
            .or(List.of())
            .alias("consumer_groups");
    static final Key<Long> TIMESTAMP = Key.of(
            "timestamp",
            Types.integer(0, Long.MAX_VALUE),
            "Milliseconds since 1970; required by `strategy: timestamp`, which goes to the first record at or after it.");
    static final Key<Long> OFFSET =
            Key.of("offset", Types.integer(0, Long.MAX_VALUE), "Required by `strategy: offset`.");
    static final Key<Path> MAPPING_FILE = Key.of(
            "mapping_file", Types.path(), "Offset mapping for `strategy: from-mapping`. Absent: that of the restore.");
    static final Key<Boolean> SCAN_ALL_PARTITIONS = Key.of(
                    "scan_all_partitions",
                    Types.flag(),
                    "Look for the records of a partition in every target partition; required where their number changed.")
            .or(false);
    static final Key<Map<String, String>> TOPIC_MAPPING = Key.of(
                    "topic_mapping",
                    Types.mapOf(NameTypes.topic(), NameTypes.topic()),
                    "Source → target topic; must agree with `restore.topic_mapping`. Empty: that of the restore.")
            .or(Map.of());
    static final Key<Long> PARALLEL = Key.of(
                    "parallel_consumers", Types.integer(1, Long.MAX_VALUE), "In the peer's documentation only.")
            .withoutEffect(BUILT_IN);
    static final Key<Object> SAMPLE_RATE = Key.of("sample_rate", Types.anything(), "In the peer's documentation only.")
            .withoutEffect("every record counts; nothing is sampled");
    static final Key<Long> TIMEOUT = Key.of(
                    "timeout_secs", Types.integer(1, Long.MAX_VALUE), "In the peer's documentation only.")
            .withoutEffect(BUILT_IN);

    static final Section<OffsetResetConfig> SECTION = new Section<>(
            List.of(
                    STRATEGY,
                    SOURCE_CLUSTER,
                    GROUPS,
                    TIMESTAMP,
                    OFFSET,
                    MAPPING_FILE,
                    SCAN_ALL_PARTITIONS,
                    TOPIC_MAPPING,
                    PARALLEL,
                    SAMPLE_RATE,
                    TIMEOUT),
            OffsetResetSection::check,
            OffsetResetSection::build);

    private OffsetResetSection() {}

    private static void check(Values values) {
        belongs(values, TIMESTAMP, Strategy.TIMESTAMP, true);
        belongs(values, OFFSET, Strategy.OFFSET, true);
        belongs(values, MAPPING_FILE, Strategy.FROM_MAPPING, false);
    }

    private static void belongs(Values values, Key<?> key, Strategy strategy, boolean required) {
        values.find(STRATEGY).ifPresent(chosen -> {
            if (chosen == strategy && required && !values.written(key)) {
                values.error(key, "is required by strategy: " + strategy.word() + " and missing", "add it");
            } else if (chosen != strategy && values.written(key)) {
                values.error(
                        key,
                        "contradicts strategy: " + chosen.word(),
                        "remove it, or write strategy: " + strategy.word());
            }
        });
    }

    private static OffsetResetConfig build(Values values) {
        return new OffsetResetConfig(
                values.get(STRATEGY),
                values.find(SOURCE_CLUSTER),
                values.get(GROUPS),
                values.find(TIMESTAMP),
                values.find(OFFSET),
                values.find(MAPPING_FILE),
                values.get(SCAN_ALL_PARTITIONS),
                values.get(TOPIC_MAPPING));
    }
}
