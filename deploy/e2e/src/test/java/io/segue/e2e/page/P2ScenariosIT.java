package io.segue.e2e.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.Archives;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.store.FileStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P2: the page's scenarios, with its YAML blocks. */
class P2ScenariosIT {
    private static final long T3 = 1_701_388_800_000L;
    private static final long T7 = 1_701_410_400_000L;

    @TempDir
    private Path directory = Path.of("");

    private String backUp(PageWorld world, String id, String topics) throws Exception {
        Path config =
                world.write(id + "-backup.yaml", """
                mode: backup
                backup_id: %s
                source:
                  bootstrap_servers: ["%s"]
                  topics: {include: [%s]}
                storage:
                  backend: filesystem
                  path: "%s"
                """.formatted(id, world.source, topics, directory.resolve("backups")));
        world.run(0, "kafka-backup", "backup", "--config", config.toString());
        return """
                mode: restore
                backup_id: %s
                target:
                  bootstrap_servers: ["%s"]
                storage:
                  backend: filesystem
                  path: "%s"
                """.formatted(id, world.target, directory.resolve("backups"));
    }

    @Test
    void pointInTime() throws Exception {
        PageWorld world = new PageWorld(directory);
        world.createTopic(world.source, "p2-times", 1);
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int t = 0; t <= 10; t++) {
            records.add(new ProducerRecord<>("p2-times", 0, T3 + (t - 3) * (T7 - T3) / 4, "k", "T=" + t));
        }
        world.produce(world.source, records);
        world.commit(world.source, "p2-pitr", "p2-times", 5);
        Path config = world.write(
                "pitr.yaml",
                backUp(world, "pitr", "p2-times") + MissionPage.load().takeYaml("time_window_start"));

        world.run(0, "kafka-backup", "restore", "--config", config.toString());
        world.run(0, "kafka-backup", "offset-reset", "execute", "--config", config.toString(), "--groups", "p2-pitr");

        assertEquals(Map.of(0, 2L), world.committed(world.target, "p2-pitr", "p2-times"));
        assertEquals(List.of("T=5", "T=6", "T=7"), world.rest(world.target, "p2-pitr", "p2-times", 0));
    }

    @Test
    void topicRemapping() throws Exception {
        PageWorld world = new PageWorld(directory);
        MissionPage page = MissionPage.load()
                .replace("orders: restored-orders", "p2-orders: p2-restored-orders")
                .replace("payments: restored-payments", "p2-payments: p2-restored-payments");
        for (String topic : List.of("p2-orders", "p2-payments")) {
            world.createTopic(world.source, topic, 1);
            List<ProducerRecord<String, String>> records = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                records.add(new ProducerRecord<>(topic, 0, T3 + i, "k", topic + i));
            }
            world.produce(world.source, records);
            world.deleteRecords(world.source, topic, 0, 5);
            world.commit(world.source, "p2-renamed", topic, 12);
        }
        String base = backUp(world, "renamed", "p2-orders, p2-payments");
        String block = page.takeYaml("topic_mapping");
        Path config = world.write(
                "renamed.yaml",
                base + block.replace("restore:\n", "restore:\n  include_original_offset_header: true\n"));

        world.run(0, "kafka-backup", "restore", "--config", config.toString());
        world.run(
                0, "kafka-backup", "offset-reset", "execute", "--config", config.toString(), "--groups", "p2-renamed");

        assertEquals(
                "p2-orders12",
                world.rest(world.target, "p2-renamed", "p2-restored-orders", 0).get(0));
        assertEquals(
                "p2-payments12",
                world.rest(world.target, "p2-renamed", "p2-restored-payments", 0)
                        .get(0));
    }

    /** The page's five records, of which compaction left three, into a topic that is compacted too. */
    @Test
    void compactedTopic() throws Exception {
        PageWorld world = new PageWorld(directory);
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "compacted")
                    .partition(
                            "p2-compacted",
                            0,
                            SegmentCompression.ZSTD,
                            10,
                            List.of(
                                    Archives.record(2, T3 + 2, "A", "A(v2)"),
                                    Archives.record(3, T3 + 3, "C", "C(v1)"),
                                    Archives.record(4, T3 + 4, "B", "B(v2)")))
                    .groups(Map.of(
                            "p2-read-a-v1", Map.of("p2-compacted", Map.of(0, 1L)),
                            "p2-read-a-v2", Map.of("p2-compacted", Map.of(0, 3L)),
                            "p2-read-all", Map.of("p2-compacted", Map.of(0, 5L))))
                    .write();
        }
        world.createTopic(world.target, "p2-compacted", 1);
        Path config = world.write("compacted.yaml", """
                mode: restore
                backup_id: compacted
                target: {bootstrap_servers: ["%s"], topics: {include: [p2-compacted]}}
                storage: {backend: filesystem, path: "%s"}
                restore: {include_original_offset_header: true}
                offset_reset: {strategy: header-based}
                """.formatted(world.target, directory.resolve("backups")));

        world.run(0, "kafka-backup", "restore", "--config", config.toString());
        world.run(0, "kafka-backup", "offset-reset", "execute", "--config", config.toString());

        assertEquals(List.of("A(v2)", "C(v1)", "B(v2)"), world.rest(world.target, "p2-read-a-v1", "p2-compacted", 0));
        assertEquals(List.of("C(v1)", "B(v2)"), world.rest(world.target, "p2-read-a-v2", "p2-compacted", 0));
        assertEquals(Map.of(0, 3L), world.committed(world.target, "p2-read-all", "p2-compacted"));
    }

    /** Six partitions became twelve: each unread record is read, and none that was read, though offsets say nothing. */
    @Test
    void partitionCountChange() throws Exception {
        PageWorld world = new PageWorld(directory);
        world.createTopic(world.source, "p2-spread", 6);
        world.createTopic(world.target, "p2-spread", 12);
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        List<ProducerRecord<String, String>> spread = new ArrayList<>();
        long[] next = new long[6];
        long[] half = new long[6];
        Set<String> unread = new TreeSet<>();
        for (int i = 0; i < 600; i++) {
            String key = "order-" + i;
            int source = murmur(key, 6);
            long offset = next[source]++;
            String value = source + "@" + offset;
            records.add(new ProducerRecord<>("p2-spread", source, T3 + i, key, value));
            ProducerRecord<String, String> restored =
                    new ProducerRecord<>("p2-spread", murmur(key, 12), T3 + i, key, value);
            header(restored, "x-kafka-backup-offset", Long.toString(offset));
            header(restored, "x-kafka-backup-partition", Integer.toString(source));
            header(restored, "x-kafka-backup-cluster", "source");
            spread.add(restored);
        }
        world.produce(world.source, records);
        world.produce(world.target, spread);
        for (int p = 0; p < 6; p++) {
            half[p] = next[p] / 2;
            for (long offset = half[p]; offset < next[p]; offset++) {
                unread.add(p + "@" + offset);
            }
        }
        world.commit(world.source, "p2-spread-group", "p2-spread", half);
        Path config = world.write(
                "spread.yaml",
                backUp(world, "spread", "p2-spread") + MissionPage.load().takeYaml("scan_all_partitions"));
        String[] command = {
            "kafka-backup", "offset-reset", "execute", "--config", config.toString(), "--groups", "p2-spread-group"
        };

        world.run(0, command);

        List<String> read = new ArrayList<>();
        for (int p = 0; p < 12; p++) {
            read.addAll(world.rest(world.target, "p2-spread-group", "p2-spread", p));
        }
        assertTrue(read.containsAll(unread), "skipped records");
        assertEquals(unread.size(), read.size());
    }

    private static int murmur(String key, int partitions) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(bytes, partitions);
    }

    private static void header(ProducerRecord<String, String> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
