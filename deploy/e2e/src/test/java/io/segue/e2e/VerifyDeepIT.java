package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * R4: {@code verify} prints what is proven, and {@code verify --deep} finds what no end of a log tells: records in the place
 * of acknowledged ones that a broker lost, records that were deleted, and records that were lost.
 */
class VerifyDeepIT {
    private static final String TOPIC = "verify-orders";
    private static final String MERGED = "verify-merged";
    private static final int RECORDS = 3_000;
    private static final long TIME = System.currentTimeMillis();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void whatTheTargetHoldsIsComparedWithTheArchive() throws Exception {
        List<SegmentRecord> records = IntStream.range(0, RECORDS)
                .mapToObj(i -> Archives.record(100 + i, TIME + i, "k" + i, "v".repeat(1_000) + i))
                .toList();
        List<SegmentRecord> few =
                IntStream.range(0, 50).mapToObj(i -> keyed(i, 0)).toList();
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition(TOPIC, 0, SegmentCompression.ZSTD, 700, records)
                    .partition(TOPIC, 1, SegmentCompression.ZSTD, 700, records)
                    .partition(TOPIC, 2, SegmentCompression.ZSTD, 700, records)
                    .partition(MERGED, 0, SegmentCompression.ZSTD, 20, few)
                    .write();
        }
        String config = Configs.restore(
                        directory, bootstrap(), "b1", "repartitioning:\n  " + MERGED + ":\n    target_partitions: 3\n")
                .toString();
        CommandLine commands = new CommandLine(directory);
        String job = commands.run("restore", "--config", config).expect(0).job();

        CommandLine.Ended audit = commands.run("verify", job).expect(0);
        assertTrue(audit.out().contains(TOPIC + "/0 100-3099"), audit.out());
        assertTrue(audit.out().endsWith("Result: 6 of 6 partitions proven\n"), audit.out());
        CommandLine.Ended same = commands.run("verify", job, "--deep").expect(0);
        assertTrue(same.out().contains(TOPIC + "/0: 3,000 records, the same"), same.out());
        assertTrue(same.out().endsWith("Result: 6 of 6 partitions the same\n"), same.out());

        replaceTheEndOfPartition0(records);
        deleteFirst(1, 5);
        CommandLine.Ended differs = commands.run("verify", job, "--deep").expect(3);
        assertTrue(
                differs.out().contains(TOPIC + "/0: DIFFERS: 2,999 records the same, 1 altered, 0 missing, 0 foreign"),
                differs.out());
        assertTrue(
                differs.out()
                        .contains("altered: target offset 2999, " + TOPIC
                                + "/0 source offset 3099: value differs from byte 0 on"),
                differs.out());
        assertTrue(
                differs.out()
                        .contains("lost: target offset 0 and 4 after it, " + TOPIC
                                + "/1 source offset 100 on: not on the target"),
                differs.out());
        assertTrue(differs.out().contains(TOPIC + "/2: 3,000 records, the same"), differs.out());
        assertTrue(
                differs.out().contains("Trying again does not repair " + TOPIC + ": delete the topic on the target"),
                differs.out());
        assertEquals(
                audit.out(), commands.run("verify", job).expect(0).out(), "the ends of the logs tell nothing of it");

        CommandLine.Ended unknown = commands.run("verify", "restore-20200101-000000-0000", "-c", config);
        assertEquals(2, unknown.status(), unknown.err());
    }

    private static SegmentRecord keyed(int i, int partition) {
        return Archives.record(i, TIME + i, "key-" + i, "value-" + partition + "-" + i);
    }

    /** The broker loses what it had not flushed, and somebody produces the same records again, but for the last one. */
    private static void replaceTheEndOfPartition0(List<SegmentRecord> records) throws Exception {
        BrokerCluster broker = SharedSandbox.get().target().orElseThrow();
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        Path log;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            String home = Objects.requireNonNull(admin.describeLogDirs(List.of(0))
                            .allDescriptions()
                            .get()
                            .get(0))
                    .keySet()
                    .iterator()
                    .next();
            log = Path.of(home, partition.toString(), "00000000000000000000.log");
        }
        broker.kill(0);
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 10);
        } finally {
            broker.start(0);
        }
        PlainReader.awaitEnd(bootstrap(), TOPIC, 0, 1);
        int left = PlainReader.read(bootstrap(), TOPIC, 0, "read_uncommitted").size();
        assertTrue(left > 0 && left < RECORDS, "the last batch is lost, not " + left + " records");
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = left; i < RECORDS; i++) {
                SegmentRecord record = records.get(i);
                byte[] value = i < RECORDS - 1 ? bytes(record.value()) : bytes(Archives.bytes("w".repeat(1_004)));
                producer.send(new ProducerRecord<>(TOPIC, 0, record.timestamp(), bytes(record.key()), value))
                        .get();
            }
        }
    }

    private static byte[] bytes(@org.jspecify.annotations.Nullable ByteBuffer buffer) {
        assertTrue(buffer != null, "these records have keys and values");
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static void deleteFirst(int partition, long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.deleteRecords(Map.of(new TopicPartition(TOPIC, partition), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }
}
