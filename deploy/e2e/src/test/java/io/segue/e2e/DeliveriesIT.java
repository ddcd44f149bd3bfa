package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deliveries as users ask for them: a process that dies, a resume, what is on the target and what is said of it. */
class DeliveriesIT {
    private static final int RECORDS = 12_000;
    private static final int READ = 7_000;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void transactionsAreRolledForward() throws Exception {
        String topic = "deliveries-transactional";
        List<SegmentRecord> records = archive(topic);
        Path config =
                Configs.restore(directory, bootstrap(), "b1", "delivery: transactional\nauto_consumer_groups: true\n");

        CommandLine.Ended crashed = new CommandLine(directory)
                .with("SEGUE_CRASH_AT", "BEFORE_COMMIT:3")
                .run("restore", "--config", config.toString())
                .expect(137);
        CommandLine.Ended ended =
                new CommandLine(directory).run("resume", crashed.job()).expect(0);

        // nothing was aborted, so that readers of either kind see the same
        for (String isolation : List.of("read_committed", "read_uncommitted")) {
            Oracle.assertSame(records, PlainReader.read(bootstrap(), topic, 0, isolation));
        }
        assertTrue(
                ended.out().contains("Delivery transactional: exactly once for read_committed consumers"), ended::out);
        assertEquals(Set.of(), topics("segue-"), "what the job needed is gone");
        long position = committed(topic);
        ConsumerRecord<byte[], byte[]> next = PlainReader.read(bootstrap(), topic, 0, "read_committed").stream()
                .filter(record -> record.offset() >= position)
                .findFirst()
                .orElseThrow();
        assertEquals(records.get(READ).timestamp(), next.timestamp());
    }

    @Test
    void whatIsThereAgainIsSaid() throws Exception {
        String topic = "deliveries-at-least-once";
        List<SegmentRecord> records = archive(topic);
        Path config =
                Configs.restore(directory, bootstrap(), "b1", "delivery: at-least-once\nauto_consumer_groups: true\n");

        CommandLine.Ended crashed = new CommandLine(directory)
                .with("SEGUE_CRASH_AT", "AFTER_PRODUCE:3")
                .run("restore", "--config", config.toString())
                .expect(137);
        CommandLine.Ended ended =
                new CommandLine(directory).run("resume", crashed.job()).expect(3);

        List<ConsumerRecord<byte[], byte[]>> found = PlainReader.read(bootstrap(), topic, 0, "read_committed");
        Set<Long> seen = new HashSet<>();
        Oracle.assertSame(
                records,
                found.stream().filter(record -> seen.add(record.timestamp())).toList());
        int again = found.size() - RECORDS;
        assertTrue(again > 0);
        assertTrue(ended.out().contains("Records on the target at least once: 12,000"), ended::out);
        assertTrue(ended.out().contains(again + " of the offsets 0 to " + (found.size() - 1)), ended::out);
        assertFalse(ended.out().contains("stays frozen"), ended::out);
        assertEquals(-1, committed(topic), "no single position is the group's");
    }

    /** Of the group, which has read the first records. */
    private static long committed(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets("group-" + topic)
                    .partitionsToOffsetAndMetadata()
                    .get(30, TimeUnit.SECONDS)
                    .get(new TopicPartition(topic, 0));
            return offset == null ? -1 : offset.offset();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> topics(String prefix) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            Set<String> names = new HashSet<>(admin.listTopics().names().get(30, TimeUnit.SECONDS));
            names.removeIf(name -> !name.startsWith(prefix));
            return names;
        }
    }

    private List<SegmentRecord> archive(String topic) throws Exception {
        long first = Instant.now().minus(Duration.ofDays(40)).toEpochMilli();
        List<SegmentRecord> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(Archives.record(100 + i + i / 1000, first + i, "key-" + i, "value-" + i + "x".repeat(300)));
        }
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition(topic, 0, SegmentCompression.ZSTD, 5_000, records)
                    .groups(Map.of(
                            "group-" + topic,
                            Map.of(topic, Map.of(0, records.get(READ).offset()))))
                    .write();
        }
        return records;
    }

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }
}
