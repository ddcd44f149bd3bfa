package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.segment.SegmentCompression;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BackupSectionTest {
    @Test
    void defaults() {
        BackupConfig expected = new BackupConfig(
                134_217_728,
                Optional.empty(),
                SegmentCompression.ZSTD,
                3,
                false,
                Optional.empty(),
                8,
                true,
                false,
                List.of());
        assertEquals(expected, Loading.plain().config(Loading.BACKUP).backup());
        assertEquals(
                expected, Loading.plain().config(Loading.BACKUP + "backup:\n").backup());
        assertEquals(
                expected,
                Loading.plain()
                        .config(Loading.BACKUP + "backup: {compression: null, segment_max_bytes: ~}\n")
                        .backup());
    }

    @Test
    void fullMapping() {
        ConfigResult.Loaded loaded = Loading.plain().loaded(Loading.BACKUP + """
                backup:
                  segment_max_bytes: 0x100000
                  segment_max_records: 5000
                  compression: lz4
                  compression_level: "9"
                  include_offset_headers: true
                  source_cluster_id: 007
                  max_concurrent_partitions: 2
                  consumer_group_snapshot: false
                  include_internal_topics: True
                  internal_topics: [__consumer_offsets]
                  stop_at_current_offsets: true
                  start_offset: earliest
                """);
        assertEquals(List.of(), loaded.warnings());
        assertEquals(
                new BackupConfig(
                        1 << 20,
                        Optional.of(5000L),
                        SegmentCompression.LZ4,
                        9,
                        true,
                        Optional.of("007"),
                        2,
                        false,
                        true,
                        List.of("__consumer_offsets")),
                loaded.config().backup());
    }

    @Test
    void startOffsetsOfThePeerAreCheckedAndNotApplied() {
        for (String written : List.of("!specific {orders: {0: 5}}", "{specific: {orders: {\"0\": 5}}}")) {
            String text = Loading.BACKUP + "backup:\n  start_offset: " + written + "\n";
            assertEquals(
                    List.of("job.yaml:6:3: warning: backup.start_offset: has no effect:"
                            + " a backup runs once, from the first record to the last that is committed"),
                    Loading.plain().warnings(text));
            assertEquals(List.of(), Loading.plain().errors(text));
        }
        assertEquals(
                List.of("job.yaml:6:40: error: backup.start_offset.orders.0: expected an integer, found \"x\""),
                Loading.plain().errors(Loading.BACKUP + "backup:\n  start_offset: !specific {orders: {0: x}}\n"));
    }

    @Test
    void errors() {
        assertEquals(
                List.of(
                        "job.yaml:6:16: error: backup.compression: \"snappy\" is not one of zstd, lz4, none;"
                                + " allowed: zstd, lz4, none",
                        "job.yaml:7:22: error: backup.compression_level: \"0\" is out of range; allowed: 1 to 22",
                        "job.yaml:8:3: error: backup.consumer_group_snapshots: unknown key;"
                                + " did you mean consumer_group_snapshot?"),
                Loading.plain().errors(Loading.BACKUP + """
                        backup:
                          compression: snappy
                          compression_level: 0
                          consumer_group_snapshots: true
                        """));
    }
}
