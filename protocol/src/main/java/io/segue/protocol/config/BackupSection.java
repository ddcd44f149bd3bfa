package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.Values;
import io.segue.protocol.segment.SegmentCompression;
import java.util.List;

/** {@code backup:}. */
final class BackupSection {
    private static final String ONE_SHOT = "a backup runs once, from the first record to the last that is committed";

    static final Key<Long> SEGMENT_MAX_BYTES = Key.of(
                    "segment_max_bytes",
                    Types.integer(1, 16L << 30),
                    "A segment is closed when its records, uncompressed, reach this many bytes.")
            .or(128L << 20);
    static final Key<Long> SEGMENT_MAX_RECORDS = Key.of(
            "segment_max_records", Types.integer(1, Long.MAX_VALUE), "A segment is closed at this many records.");
    static final Key<Long> SEGMENT_MAX_INTERVAL = Key.of(
                    "segment_max_interval_ms", Types.integer(1, Long.MAX_VALUE), "The peer closes segments by age.")
            .or(60_000L)
            .withoutEffect("segments are closed by size and count");
    static final Key<Long> SEGMENT_MAX_AGE = Key.of(
                    "segment_max_age_secs", Types.integer(1, Long.MAX_VALUE), "In the peer's documentation only.")
            .withoutEffect("segments are closed by size and count");
    static final Key<SegmentCompression> COMPRESSION = Key.of(
                    "compression",
                    Types.words(
                            List.of(SegmentCompression.ZSTD, SegmentCompression.LZ4, SegmentCompression.NONE),
                            SegmentCompression::word),
                    "How segments are compressed.")
            .or(SegmentCompression.ZSTD, "zstd");
    static final Key<Integer> COMPRESSION_LEVEL = Key.of(
                    "compression_level", Types.smallInteger(1, 22), "Level of zstd; the others have none.")
            .or(3);
    static final Key<Boolean> INCLUDE_OFFSET_HEADERS = Key.of(
                    "include_offset_headers",
                    Types.flag(),
                    "Store `x-original-*` headers in the segments. Not needed by Segue; the peer's default is `true`.")
            .or(false);
    static final Key<String> SOURCE_CLUSTER_ID = Key.of(
            "source_cluster_id",
            Types.text(),
            "What the header `x-source-cluster` carries. Absent: the id that the cluster reports.");
    static final Key<Integer> MAX_CONCURRENT_PARTITIONS = Key.of(
                    "max_concurrent_partitions", Types.smallInteger(1, 1024), "Partitions that are read at once.")
            .or(8);
    static final Key<Boolean> CONSUMER_GROUP_SNAPSHOT = Key.of(
                    "consumer_group_snapshot",
                    Types.flag(),
                    "Store the committed offsets of the groups. The peer's default is `false`.")
            .or(true);
    static final Key<Boolean> INCLUDE_INTERNAL_TOPICS = Key.of(
                    "include_internal_topics", Types.flag(), "Back up Kafka's internal topics too.")
            .or(false);
    static final Key<List<String>> INTERNAL_TOPICS = Key.of(
                    "internal_topics",
                    Types.listOf(NameTypes.topic()),
                    "Of the internal topics only these. Empty: all.")
            .or(List.of());
    static final Key<Boolean> CONTINUOUS =
            Key.of("continuous", Types.flag(), "Keep running.").or(false).withoutEffect(ONE_SHOT);
    static final Key<Boolean> STOP_AT_CURRENT_OFFSETS = Key.of(
                    "stop_at_current_offsets",
                    Types.flag(),
                    "Stop where the partitions ended at the start. Every backup does that.")
            .or(false);
    static final Key<StartOffset> START_OFFSET = Key.of(
                    "start_offset",
                    StartOffset.type(),
                    "Where to begin: `earliest`, `latest` (the same, as with the peer), or topic → partition → offset.")
            .or(StartOffset.EARLIEST, "earliest")
            .withoutEffect(ONE_SHOT);
    static final Key<Long> POLL_INTERVAL = peer("poll_interval_ms", 100L, ONE_SHOT);
    static final Key<Long> CHECKPOINT_INTERVAL = peer("checkpoint_interval_secs", 5L, "nor has it with the peer");
    static final Key<Long> SYNC_INTERVAL = peer("sync_interval_secs", 30L, "the manifest is written after every topic");
    static final Key<Long> FETCH_MAX_BYTES = Key.of(
                    "fetch_max_bytes", Types.integer(1, Long.MAX_VALUE), "Size of a fetch.")
            .withoutEffect("set fetch.max.bytes in source.kafka_properties");
    static final Key<Object> PARALLEL_PARTITIONS = Key.of(
                    "parallel_partitions", Types.anything(), "In the peer's documentation only.")
            .withoutEffect("use max_concurrent_partitions");

    static final Section<BackupConfig> SECTION = new Section<>(
            List.of(
                    COMPRESSION,
                    COMPRESSION_LEVEL,
                    SEGMENT_MAX_BYTES,
                    SEGMENT_MAX_RECORDS,
                    CONSUMER_GROUP_SNAPSHOT,
                    INCLUDE_OFFSET_HEADERS,
                    SOURCE_CLUSTER_ID,
                    MAX_CONCURRENT_PARTITIONS,
                    INCLUDE_INTERNAL_TOPICS,
                    INTERNAL_TOPICS,
                    STOP_AT_CURRENT_OFFSETS,
                    START_OFFSET,
                    CONTINUOUS,
                    POLL_INTERVAL,
                    SEGMENT_MAX_INTERVAL,
                    SEGMENT_MAX_AGE,
                    CHECKPOINT_INTERVAL,
                    SYNC_INTERVAL,
                    FETCH_MAX_BYTES,
                    PARALLEL_PARTITIONS),
            BackupSection::check,
            BackupSection::build);

    private BackupSection() {}

    private static Key<Long> peer(String name, long otherwise, String why) {
        return Key.of(name, Types.integer(0, Long.MAX_VALUE), "Of the peer.")
                .or(otherwise)
                .withoutEffect(why);
    }

    private static void check(Values values) {
        if (values.get(CONTINUOUS) && values.get(STOP_AT_CURRENT_OFFSETS)) {
            values.error(STOP_AT_CURRENT_OFFSETS, "contradicts continuous: true", "remove one of the two");
        }
    }

    private static BackupConfig build(Values values) {
        return new BackupConfig(
                values.get(SEGMENT_MAX_BYTES),
                values.find(SEGMENT_MAX_RECORDS),
                values.get(COMPRESSION),
                values.get(COMPRESSION_LEVEL),
                values.get(INCLUDE_OFFSET_HEADERS),
                values.find(SOURCE_CLUSTER_ID),
                values.get(MAX_CONCURRENT_PARTITIONS),
                values.get(CONSUMER_GROUP_SNAPSHOT),
                values.get(INCLUDE_INTERNAL_TOPICS),
                values.get(INTERNAL_TOPICS));
    }
}
