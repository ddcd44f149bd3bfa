package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * B1–B4, B6, B12: groups with commits at every kind of place go on, with a real consumer, at the record that they would have
 * read next: exact, in gaps at the head, within and across segments, at and beyond the end, before the start; on a target
 * whose log does not start at 0.
 */
class B12PositionsIT {
    private static final String TOPIC = "b12-orders";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void everyGroupReadsTheRecordItWouldHaveReadNext() throws Exception {
        // 1000…1099, 1200…1299, 1450…1499: gaps at the head, across a segment's end, and at the tail
        List<SegmentRecord> records = new ArrayList<>();
        for (long offset = 1000; offset < 1500; offset++) {
            boolean gap = (offset >= 1100 && offset < 1200) || (offset >= 1300 && offset < 1450);
            if (!gap) {
                records.add(Archives.record(offset, 1_700_000_000_000L + offset, "k", "v" + offset));
            }
        }
        Map<String, Long> commits = new TreeMap<>(Map.of(
                "b12-zero",
                0L,
                "b12-first",
                1000L,
                "b12-middle",
                1050L,
                "b12-gap",
                1100L,
                "b12-gap-last",
                1199L,
                "b12-tail-gap",
                1300L,
                "b12-last",
                1499L,
                "b12-end",
                1500L,
                "b12-beyond",
                1L << 55));
        Map<String, Map<String, Map<Integer, Long>>> groups = new TreeMap<>();
        commits.forEach((group, offset) -> groups.put(group, Map.of(TOPIC, Map.of(0, offset))));
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition(TOPIC, 0, SegmentCompression.ZSTD, 150, records)
                    .groups(groups)
                    .write();
        }
        createWithForeignRecords(37);
        Path config = Configs.restore(directory, bootstrap(), "b1", "auto_consumer_groups: true\n");

        new CommandLine(directory)
                .run("three-phase-restore", "--config", config.toString())
                .expect(0);

        Map<String, String> read = new TreeMap<>();
        for (String group : commits.keySet()) {
            read.put(group, Groups.nextRecord(bootstrap(), group, TOPIC, 0));
        }
        Map<String, String> expected = new TreeMap<>(Map.of(
                "b12-zero",
                "v1000",
                "b12-first",
                "v1000",
                "b12-middle",
                "v1050",
                "b12-gap",
                "v1200",
                "b12-gap-last",
                "v1200",
                "b12-tail-gap",
                "v1450",
                "b12-last",
                "v1499",
                "b12-end",
                "(end)",
                "b12-beyond",
                "(end)"));
        assertEquals(expected, read);

        produce("later");
        assertEquals("later", Groups.nextRecord(bootstrap(), "b12-end", TOPIC, 0));
        assertEquals("later", Groups.nextRecord(bootstrap(), "b12-beyond", TOPIC, 0));
        assertEquals(
                List.of(37L + 50),
                Groups.committed(bootstrap(), "b12-middle").values().stream()
                        .map(OffsetAndMetadata::offset)
                        .toList());
    }

    private static void createWithForeignRecords(int count) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1).configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
        }
        for (int i = 0; i < count; i++) {
            produce("foreign " + i);
        }
    }

    private static void produce(String value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, null, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static String bootstrap() {
        return SharedSandbox.three().target().orElseThrow().bootstrapServers();
    }
}
