package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.ValueType;
import io.segue.protocol.config.yaml.Values;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code restore:}. */
final class RestoreSection {
    private static final String NO_LIMIT_YET = "rate limits are not built yet; the restore runs at full speed";
    private static final ValueType<Long> TIME = Types.integer(Long.MIN_VALUE, Long.MAX_VALUE);
    private static final ValueType<Integer> PARTITION =
            Types.smallInteger(0, RepartitioningSection.MOST_PARTITIONS - 1);
    private static final ValueType<Long> POSITIVE = Types.integer(1, Long.MAX_VALUE);

    static final Key<Long> WINDOW_START =
            Key.of("time_window_start", TIME, "First timestamp restored, milliseconds since 1970, inclusive.");
    static final Key<Long> WINDOW_END =
            Key.of("time_window_end", TIME, "Last timestamp restored, milliseconds since 1970, inclusive.");
    static final Key<List<Integer>> SOURCE_PARTITIONS = Key.of(
                    "source_partitions", Types.listOf(PARTITION), "Only these partitions, of every topic. Empty: all.")
            .or(List.of());
    static final Key<Map<Integer, Integer>> PARTITION_MAPPING = Key.of(
                    "partition_mapping",
                    Types.mapOf(PARTITION, PARTITION),
                    "Source → target partition, of every topic; others keep theirs. Several of one target: needs `merge_order`.")
            .or(Map.of());
    static final Key<Map<String, String>> TOPIC_MAPPING = Key.of(
                    "topic_mapping",
                    Types.mapOf(NameTypes.topic(), NameTypes.topic()),
                    "Source → target topic; others keep their names. Several of one target: needs `merge_order`.")
            .or(Map.of());
    static final Key<String> GROUP_STRATEGY = Key.of(
                    "consumer_group_strategy",
                    Types.words("skip", "header-based", "timestamp-based", "cluster-scan", "manual"),
                    "`header-based` adds the offset headers; the others change nothing, as with the peer.")
            .or("skip");
    static final Key<Boolean> OFFSET_HEADER = Key.of(
                    "include_original_offset_header",
                    Types.flag(),
                    "Add the headers `x-kafka-backup-offset`, `-partition`, `-timestamp` and `-cluster` to every record.")
            .or(false);
    static final Key<Boolean> DRY_RUN = Key.of("dry_run", Types.flag(), "Say what would be done, and do nothing.")
            .or(false);
    static final Key<Integer> MAX_CONCURRENT_PARTITIONS = Key.of(
                    "max_concurrent_partitions", Types.smallInteger(1, 1024), "Partitions that are restored at once.")
            .or(4);
    static final Key<Boolean> CREATE_TOPICS = Key.of(
                    "create_topics",
                    Types.flag(),
                    "Create target topics that are missing. The peer's default is `false`.")
            .or(true);
    static final Key<Integer> REPLICATION_FACTOR = Key.of(
                    "default_replication_factor",
                    Types.smallInteger(-1, Short.MAX_VALUE),
                    "Replication factor of created topics; −1: the brokers' default.")
            .or(-1);
    static final Key<RestoreConfig.BatchCompression> BATCH_COMPRESSION = Key.of(
                    "batch_compression",
                    Types.words(RestoreConfig.BatchCompression.class),
                    "Codec of the batches written to the target. Segue's own key.")
            .or(RestoreConfig.BatchCompression.LZ4, "lz4");
    static final Key<List<String>> CONSUMER_GROUPS = Key.of(
                    "consumer_groups", Types.listOf(NameTypes.group()), "The groups to reset.")
            .or(List.of());
    static final Key<Boolean> RESET_OFFSETS = Key.of(
                    "reset_consumer_offsets",
                    Types.flag(),
                    "After the data, bring the groups to the record they would have read next. Needs `consumer_groups`"
                            + " or `auto_consumer_groups`.")
            .or(false);
    static final Key<Boolean> AUTO_GROUPS = Key.of(
                    "auto_consumer_groups",
                    Types.flag(),
                    "Reset the groups of the backup's snapshot, unless `consumer_groups` names others.")
            .or(false);
    static final Key<RestoreConfig.NoAnswerPolicy> NO_MAPPING = Key.of(
                    "no_mapping",
                    Types.words(RestoreConfig.NoAnswerPolicy.class),
                    "Where to put a group in a partition of which nothing was restored. Segue's own key.")
            .or(RestoreConfig.NoAnswerPolicy.REFUSE, "refuse");
    static final Key<Path> OFFSET_REPORT =
            Key.of("offset_report", Types.path(), "Local file for the offset mapping, in the peer's format.");
    static final Key<Long> RECORDS_LIMIT = Key.of("rate_limit_records_per_sec", POSITIVE, "Most records a second.")
            .withoutEffect(NO_LIMIT_YET);
    static final Key<Long> BYTES_LIMIT =
            Key.of("rate_limit_bytes_per_sec", POSITIVE, "Most bytes a second.").withoutEffect(NO_LIMIT_YET);
    static final Key<Long> BATCH_SIZE = Key.of("produce_batch_size", POSITIVE, "Records in a request of the peer.")
            .or(1000L)
            .withoutEffect("batches are cut by bytes");
    static final Key<Integer> ACKS = Key.of("produce_acks", Types.smallInteger(-1, 1), "Acknowledgements awaited.")
            .or(-1)
            .withoutEffect("all replicas acknowledge, always");
    static final Key<Long> PRODUCE_TIMEOUT = Key.of("produce_timeout_ms", POSITIVE, "Time limit of a request.")
            .or(30_000L)
            .withoutEffect("the time limit is built in");
    static final Key<Path> CHECKPOINT_STATE = Key.of("checkpoint_state", Types.path(), "The peer's local checkpoint.")
            .withoutEffect("every restore has a durable checkpoint, see state");
    static final Key<Long> CHECKPOINT_INTERVAL = Key.of(
                    "checkpoint_interval_secs", Types.integer(0, Long.MAX_VALUE), "Not used by the peer either.")
            .or(60L)
            .withoutEffect("progress is durable with every acknowledged batch");
    static final Key<Object> GROUP_TIMESTAMP = Key.of(
                    "consumer_group_timestamp", Types.anything(), "In the peer's documentation only.")
            .withoutEffect("use offset_reset with strategy: timestamp");
    static final Key<Map<String, RestoreConfig.Repartitioning>> REPARTITIONING = Key.of(
                    "repartitioning",
                    Types.mapOf(NameTypes.topic(), Types.section(RepartitioningSection.SECTION)),
                    "Target topics with another number of partitions than the source's.")
            .or(Map.of());
    static final Key<RestoreConfig.MergeOrder> MERGE_ORDER = Key.of(
                    "merge_order",
                    Types.words(RestoreConfig.MergeOrder.class),
                    "How several source partitions are merged into one: `cuts` puts what the backup's groups had read before"
                            + " what they had not, so that they read nothing again; `timestamp` goes by time alone. Where a mapping"
                            + " joins topics or partitions, it must be written: it says that this is meant."
                            + " Segue's own key.")
            .or(RestoreConfig.MergeOrder.CUTS, "cuts");
    static final Key<RestoreConfig.OffsetMode> OFFSETS = Key.of(
                    "offsets",
                    Types.words(RestoreConfig.OffsetMode.class),
                    "`dense`: one after another. `preserve`: those of the source, or the restore is refused. `auto`: those"
                            + " of the source where that is possible and cheap. Segue's own key.")
            .or(RestoreConfig.OffsetMode.DENSE, "dense");
    static final Key<DeliveryMode> DELIVERY = Key.of(
                    "delivery",
                    Types.words(DeliveryMode.class),
                    "How records get to the target, [and what that guarantees](guarantee.md#deliveries). `auto`: `fenced` where a"
                            + " probe finds that the target fences, else `transactional`. Segue's own key.")
            .or(DeliveryMode.AUTO, "auto");
    static final Key<Boolean> DROP_MARKERS = Key.of(
                    "drop_transaction_markers",
                    Types.flag(),
                    "Leave out records that have the form of a transaction's end. The peer stores these as records; a restore"
                            + " says how many it meets. Segue's own key.")
            .or(false);
    static final Key<Boolean> PURGE_TOPICS = Key.of(
                    "purge_topics", Types.flag(), "Delete what the target topics hold, first.")
            .or(false)
            .refused("purging is not built yet; delete the target topics yourself");

    static final Section<RestoreConfig> SECTION = new Section<>(
            List.of(
                    TOPIC_MAPPING,
                    PARTITION_MAPPING,
                    REPARTITIONING,
                    MERGE_ORDER,
                    OFFSETS,
                    DELIVERY,
                    DROP_MARKERS,
                    SOURCE_PARTITIONS,
                    WINDOW_START,
                    WINDOW_END,
                    CREATE_TOPICS,
                    REPLICATION_FACTOR,
                    RESET_OFFSETS,
                    CONSUMER_GROUPS,
                    AUTO_GROUPS,
                    NO_MAPPING,
                    OFFSET_HEADER,
                    GROUP_STRATEGY,
                    OFFSET_REPORT,
                    DRY_RUN,
                    MAX_CONCURRENT_PARTITIONS,
                    BATCH_COMPRESSION,
                    RECORDS_LIMIT,
                    BYTES_LIMIT,
                    BATCH_SIZE,
                    ACKS,
                    PRODUCE_TIMEOUT,
                    CHECKPOINT_STATE,
                    CHECKPOINT_INTERVAL,
                    GROUP_TIMESTAMP,
                    PURGE_TOPICS),
            RestoreSection::check,
            RestoreSection::build);

    private RestoreSection() {}

    private static void check(Values values) {
        Optional<Long> start = values.find(WINDOW_START);
        Optional<Long> end = values.find(WINDOW_END);
        if (start.isPresent() && end.isPresent() && start.get() > end.get()) {
            values.error(WINDOW_END, end.get() + " is before time_window_start: " + start.get(), "exchange the two");
        }
        boolean groups =
                values.damaged(CONSUMER_GROUPS) || !values.get(CONSUMER_GROUPS).isEmpty() || values.get(AUTO_GROUPS);
        if (values.get(RESET_OFFSETS) && !groups) {
            values.error(
                    RESET_OFFSETS,
                    "needs to know which groups",
                    "list them under consumer_groups, or write auto_consumer_groups: true");
        }
        joined(values, TOPIC_MAPPING, "target topic");
        joined(values, PARTITION_MAPPING, "target partition");
        partitions(values);
        if (values.get(OFFSETS) == RestoreConfig.OffsetMode.PRESERVE
                && !values.get(DELIVERY).placesRecords()) {
            values.error(
                    DELIVERY,
                    values.get(DELIVERY).word() + " cannot keep the source's offsets",
                    "write delivery: fenced, or offsets: dense");
        }
        if (values.get(REPLICATION_FACTOR) == 0) {
            values.error(REPLICATION_FACTOR, "0 is out of range", "write 1 or more, or -1 for the brokers' default");
        }
    }

    /** Two sources of one target are merged, for ever: that must be meant. */
    private static <T> void joined(Values values, Key<Map<T, T>> mapping, String what) {
        if (values.written(MERGE_ORDER)) {
            return;
        }
        Map<T, T> first = new HashMap<>();
        values.get(mapping).forEach((source, target) -> {
            T other = first.putIfAbsent(target, source);
            if (other != null) {
                values.error(
                        mapping,
                        String.valueOf(source),
                        "has the same target as " + other,
                        "write another " + what + ", or merge_order: cuts if they are to be merged");
            }
        });
    }

    private static void partitions(Values values) {
        List<Integer> only = values.get(SOURCE_PARTITIONS);
        for (Integer source : values.get(PARTITION_MAPPING).keySet()) {
            if (!only.isEmpty() && !only.contains(source)) {
                values.error(
                        PARTITION_MAPPING,
                        String.valueOf(source),
                        "source_partitions leaves this partition out",
                        "remove it here, or add it there");
            }
        }
        if (values.written(PARTITION_MAPPING) && !values.get(REPARTITIONING).isEmpty()) {
            values.warning(
                    PARTITION_MAPPING,
                    "has no effect on the topics of repartitioning, whose records go by their keys",
                    null);
        }
    }

    private static RestoreConfig build(Values values) {
        return new RestoreConfig(
                values.find(WINDOW_START),
                values.find(WINDOW_END),
                Set.copyOf(values.get(SOURCE_PARTITIONS)),
                values.get(PARTITION_MAPPING),
                values.get(TOPIC_MAPPING),
                values.get(REPARTITIONING),
                values.get(MERGE_ORDER),
                values.get(OFFSETS),
                values.get(DELIVERY),
                values.get(DROP_MARKERS),
                values.get(OFFSET_HEADER) || values.get(GROUP_STRATEGY).equals("header-based"),
                values.get(DRY_RUN),
                values.get(MAX_CONCURRENT_PARTITIONS),
                values.get(CREATE_TOPICS),
                values.get(REPLICATION_FACTOR),
                values.get(BATCH_COMPRESSION),
                values.get(CONSUMER_GROUPS),
                values.get(RESET_OFFSETS) || values.get(AUTO_GROUPS),
                values.get(AUTO_GROUPS),
                values.get(NO_MAPPING),
                values.find(OFFSET_REPORT));
    }
}
