package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.config.RestoreConfig.MergeOrder;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.config.RestoreConfig.OffsetMode;
import io.segue.protocol.config.RestoreConfig.Repartitioning;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RestoreSectionTest {
    @Test
    void defaults() {
        RestoreConfig expected = new RestoreConfig(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                MergeOrder.CUTS,
                OffsetMode.DENSE,
                DeliveryMode.AUTO,
                false,
                false,
                false,
                4,
                true,
                -1,
                BatchCompression.LZ4,
                List.of(),
                false,
                false,
                NoAnswerPolicy.REFUSE,
                Optional.empty());
        assertEquals(expected, Loading.plain().config(Loading.RESTORE).restore());
        assertEquals(
                expected,
                Loading.plain()
                        .config(Loading.RESTORE + "restore: {topic_mapping: , consumer_groups: ~}\n")
                        .restore());
    }

    @Test
    void fullMapping() {
        ConfigResult.Loaded loaded = Loading.plain().loaded(Loading.RESTORE + """
                restore:
                  time_window_start: -5
                  time_window_end: +9000
                  source_partitions: [0, 0x1]
                  partition_mapping: {0: 3, "1": 4}
                  topic_mapping: {orders: restored-orders}
                  repartitioning: {restored-orders: {target_partitions: 12, any_partitioner: true}}
                  merge_order: timestamp
                  offsets: preserve
                  delivery: fenced
                  consumer_group_strategy: manual
                  include_original_offset_header: true
                  dry_run: true
                  max_concurrent_partitions: 16
                  create_topics: false
                  default_replication_factor: 3
                  batch_compression: zstd
                  consumer_groups: [a, b]
                  reset_consumer_offsets: true
                  auto_consumer_groups: false
                  no_mapping: earliest
                  offset_report: /tmp/mapping.json
                """);
        assertEquals(
                List.of(
                        "job.yaml:9:3: warning: restore.partition_mapping: has no effect on the topics of repartitioning,"
                                + " whose records go by their keys"),
                loaded.warnings().stream().map(Object::toString).toList());
        assertEquals(
                new RestoreConfig(
                        Optional.of(-5L),
                        Optional.of(9000L),
                        Set.of(0, 1),
                        Map.of(0, 3, 1, 4),
                        Map.of("orders", "restored-orders"),
                        Map.of("restored-orders", new Repartitioning(12, true)),
                        MergeOrder.TIMESTAMP,
                        OffsetMode.PRESERVE,
                        DeliveryMode.FENCED,
                        false,
                        true,
                        true,
                        16,
                        false,
                        3,
                        BatchCompression.ZSTD,
                        List.of("a", "b"),
                        true,
                        false,
                        NoAnswerPolicy.EARLIEST,
                        Optional.of(Path.of("/tmp/mapping.json"))),
                loaded.config().restore());
    }

    @Test
    void onlyFencesKeepOffsets() {
        assertEquals(
                List.of("job.yaml:5:30: error: restore.delivery: transactional cannot keep the source's offsets;"
                        + " write delivery: fenced, or offsets: dense"),
                Loading.plain().errors(Loading.RESTORE + "restore: {offsets: preserve, delivery: transactional}\n"));
        assertEquals(
                DeliveryMode.AT_LEAST_ONCE,
                restore("{offsets: auto, delivery: at-least-once}").delivery());
    }

    @Test
    void whatImpliesWhat() {
        RestoreConfig auto = restore("{auto_consumer_groups: true}");
        assertTrue(auto.resetConsumerOffsets());
        assertTrue(restore("{consumer_group_strategy: header-based}").offsetHeaders());
    }

    @Test
    void keysOfThePeerThatDoNothingSaySo() {
        assertEquals(
                List.of(
                        "job.yaml:6:3: warning: restore.rate_limit_bytes_per_sec: has no effect:"
                                + " rate limits are not built yet; the restore runs at full speed",
                        "job.yaml:7:3: warning: restore.produce_acks: has no effect:"
                                + " all replicas acknowledge, always",
                        "job.yaml:9:3: warning: restore.checkpoint_state: has no effect:"
                                + " every restore has a durable checkpoint, see state"),
                Loading.plain().warnings(Loading.RESTORE + """
                        restore:
                          rate_limit_bytes_per_sec: 1000000
                          produce_acks: 1
                          produce_batch_size: 1000 # the default: nothing to say
                          checkpoint_state: ./checkpoint.json
                          purge_topics: false
                        """));
    }

    @Test
    void errors() {
        assertEquals(
                List.of(
                        "job.yaml:6:23: error: restore.source_partitions[0]: \"-1\" is out of range; allowed: 0 to 999999",
                        "job.yaml:7:15: error: restore.no_mapping: \"latst\" is not one of refuse, earliest, latest, skip;"
                                + " did you mean latest?",
                        "job.yaml:8:3: error: restore.purge_topics: is not supported:"
                                + " purging is not built yet; delete the target topics yourself",
                        "job.yaml:9:3: error: restore.default_replication_factor: 0 is out of range;"
                                + " write 1 or more, or -1 for the brokers' default"),
                Loading.plain().errors(Loading.RESTORE + """
                        restore:
                          source_partitions: [-1]
                          no_mapping: latst
                          purge_topics: true
                          default_replication_factor: 0
                        """));
    }

    private static RestoreConfig restore(String section) {
        return Loading.plain()
                .config(Loading.RESTORE + "restore: " + section + "\n")
                .restore();
    }
}
