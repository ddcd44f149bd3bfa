package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine.Ended;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * B13: records have the offsets that they had on the source, on a topic whose policy is {@code compact}: the head of the log
 * filled and deleted, markers of the source's transactions in place of gaps; so a group's commits need no translation.
 */
class B13PreservedOffsetsIT {
    private static final long T0 = 1_700_000_000_000L;
    private static final long FIRST = 3_000_007;

    @TempDir
    private Path directory = Path.of("");

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }

    /** A gap of one offset, as a transaction's marker leaves it, behind every hundredth record. */
    private static List<SegmentRecord> records(long first, int count) {
        List<SegmentRecord> records = new ArrayList<>();
        long offset = first;
        for (int i = 0; i < count; i++) {
            records.add(Archives.record(offset, T0 + i, "k" + i % 50, "v" + offset));
            offset += i % 100 == 99 ? 2 : 1;
        }
        return records;
    }

    private static void assertIdentical(String topic, int partition, List<SegmentRecord> expected) {
        List<ConsumerRecord<byte[], byte[]>> read = PlainReader.read(bootstrap(), topic, partition, "read_uncommitted");
        Oracle.assertSame(expected, read);
        assertEquals(
                expected.stream().map(SegmentRecord::offset).toList(),
                read.stream().map(ConsumerRecord::offset).toList());
    }

    @Test
    void offsetsAreThoseOfTheSource() throws Exception {
        String topic = "b13-kept";
        List<SegmentRecord> gapped = records(FIRST, 500);
        List<SegmentRecord> fromZero = records(0, 90);
        create(topic, 2, "compact");
        archive(topic, gapped, fromZero);
        Path config = Configs.restore(directory, bootstrap(), "b1", "offsets: preserve\nauto_consumer_groups: true\n");

        Ended dry = new CommandLine(directory)
                .run("restore", "--config", config.toString(), "--dry-run")
                .expect(0);
        assertTrue(dry.out().contains(topic + "/1 offsets: identical"), dry.out());
        new CommandLine(directory)
                .run("three-phase-restore", "--config", config.toString())
                .expect(0);

        assertIdentical(topic, 0, gapped);
        assertIdentical(topic, 1, fromZero);
        assertEquals("v" + (FIRST + 250), Groups.nextRecord(bootstrap(), "b13-group", topic, 0));
        assertEquals(
                List.of(FIRST + 250),
                Groups.committed(bootstrap(), "b13-group").values().stream()
                        .map(commit -> commit.offset())
                        .toList());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            assertTrue(
                    admin.describeConfigs(List.of(resource))
                            .all()
                            .get()
                            .toString()
                            .contains("name=cleanup.policy, value=compact,"),
                    "the topic has its own policy again");
        }
    }

    /** The process dies within the filler, and behind it; the next one goes on and still reaches the offset. */
    @Test
    void aCrashInTheFillerChangesNothing() throws Exception {
        for (String step : List.of("before-head-fill:3", "after-head-fill:1")) {
            String topic = "b13-" + step.replace(':', '-');
            List<SegmentRecord> gapped = records(FIRST, 120);
            archive(topic, gapped, records(0, 10));
            Path config = Configs.restore(directory, bootstrap(), "b1", "offsets: auto\n");

            Ended died = new CommandLine(directory)
                    .with("SEGUE_CRASH_AT", step)
                    .run("restore", "--config", config.toString());
            assertTrue(died.status() != 0, "it did not die at " + step);
            new CommandLine(directory).run("resume", died.job()).expect(0);

            assertIdentical(topic, 0, gapped);
        }
    }

    @Test
    void aPartitionThatHoldsRecordsIsRefused() throws Exception {
        String topic = "b13-taken";
        create(topic, 2, "delete");
        try (var producer = new org.apache.kafka.clients.producer.KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap()),
                new org.apache.kafka.common.serialization.StringSerializer(),
                new org.apache.kafka.common.serialization.StringSerializer())) {
            producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>(topic, 1, "k", "v"))
                    .get();
        }
        archive(topic, records(5, 10), records(0, 10));
        Path config = Configs.restore(directory, bootstrap(), "b1", "offsets: preserve\n");

        Ended refused = new CommandLine(directory)
                .run("restore", "--config", config.toString())
                .expect(2);

        assertTrue(
                refused.err()
                        .contains(topic + "/1 cannot keep the source's offsets: the target partition holds records"),
                refused.err());
    }

    private void archive(String topic, List<SegmentRecord> first, List<SegmentRecord> second) throws Exception {
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition(topic, 0, SegmentCompression.ZSTD, 70, first)
                    .partition(topic, 1, SegmentCompression.ZSTD, 70, second)
                    .groups(Map.of("b13-group", Map.of(topic, Map.of(0, FIRST + 250))))
                    .write();
        }
    }

    private static void create(String topic, int partitions, String policy) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.createTopics(List.of(
                            new NewTopic(topic, partitions, (short) 1).configs(Map.of("cleanup.policy", policy))))
                    .all()
                    .get();
        }
    }
}
