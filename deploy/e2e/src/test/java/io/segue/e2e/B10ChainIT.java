package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.sandbox.process.SharedSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * B10: a topic goes from cluster A to B, lives on there, and goes back to A behind what A still holds. At each stop the group
 * reads next what it would have read next before; the mappings of the two ways stay apart.
 */
@Timeout(180)
class B10ChainIT {
    private static final String TOPIC = "b10-orders";
    private static final String GROUP = "b10-billing";
    private static final String A = SharedSandbox.get().source().bootstrapServers();
    private static final String B = SharedSandbox.get().target().orElseThrow().bootstrapServers();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void thereAndBackAgain() throws Exception {
        create(A);
        // on A, the log begins at 100 and has a gap where a transaction was aborted
        produce(A, 0, 300);
        abort(20);
        produce(A, 300, 400);
        deleteBelow(100);
        Groups.commit(A, GROUP, Map.of(at(0), 310L));
        CommandLine commands = new CommandLine(directory);

        backUp(commands, A, "from-a");
        restore(commands, B, "from-a");

        assertEquals(values(100, 400), values(B));
        assertEquals("v300", next(B), "310 was aborted");

        // the group goes on at B, and B gets records that A never had
        produce(B, 400, 450);
        Groups.commit(B, GROUP, Map.of(at(0), position(B) + 120));
        String wanted = next(B);
        assertEquals("v420", wanted);

        backUp(commands, B, "from-b");
        long before = end(A);
        String back = restore(commands, A, "from-b");

        List<String> history = values(A);
        assertEquals(values(100, 450), history.subList(300, history.size()));
        assertEquals(before + 320, position(A));
        assertEquals(wanted, next(A));

        // who knows of no job learns the same from the headers: of the two histories that a record carries the last
        // counts
        String told = new CommandLine(Files.createDirectory(directory.resolve("stranger")))
                .run(
                        "show-offset-mapping",
                        "--bootstrap-servers",
                        A,
                        "--topic",
                        TOPIC,
                        "--source-cluster",
                        clusterId(B))
                .expect(0)
                .out();
        assertEquals(
                commands.run(
                                "show-offset-mapping",
                                "-p",
                                directory.resolve("backups").toString(),
                                "--job",
                                back)
                        .expect(0)
                        .out(),
                told);
        assertEquals("Partition 0: Source offset 0-350 → Target offset " + before + "-" + (before + 350), told.strip());
    }

    private void backUp(CommandLine commands, String bootstrap, String backupId) throws Exception {
        Path file = directory.resolve(backupId + "-backup.yaml");
        Files.writeString(file, """
                mode: backup
                backup_id: %s
                source:
                  bootstrap_servers: ["%s"]
                  topics: {include: [%s]}
                storage:
                  backend: filesystem
                  path: "%s"
                """.formatted(backupId, bootstrap, TOPIC, directory.resolve("backups")));
        commands.run("backup", "--config", file.toString()).expect(0);
    }

    private String restore(CommandLine commands, String bootstrap, String backupId) throws Exception {
        Path config = Configs.restore(directory, bootstrap, backupId, """
                include_original_offset_header: true
                reset_consumer_offsets: true
                consumer_groups: [%s]
                """.formatted(GROUP));
        return commands.run("three-phase-restore", "--config", config.toString())
                .expect(0)
                .job();
    }

    private static String next(String bootstrap) {
        return Groups.nextRecord(bootstrap, GROUP, TOPIC, 0);
    }

    private static long position(String bootstrap) throws Exception {
        return Groups.committed(bootstrap, GROUP).values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> values(String bootstrap) {
        List<String> values = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : PlainReader.read(bootstrap, TOPIC, 0, "read_committed")) {
            values.add(new String(record.value(), StandardCharsets.UTF_8));
        }
        return values;
    }

    private static List<String> values(int from, int to) {
        List<String> values = new ArrayList<>();
        for (int i = from; i < to; i++) {
            values.add("v" + i);
        }
        return values;
    }

    private static void produce(String bootstrap, int from, int to) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("bootstrap.servers", bootstrap))) {
            Sent.all(producer, values(from, to).stream().map(B10ChainIT::record).toList());
        }
    }

    private static void abort(int records) {
        try (KafkaProducer<byte[], byte[]> producer =
                producer(Map.of("bootstrap.servers", A, "transactional.id", "b10-writer"))) {
            producer.initTransactions();
            producer.beginTransaction();
            Sent.all(producer, Collections.nCopies(records, record("aborted")));
            producer.abortTransaction();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> record(String value) {
        return new ProducerRecord<>(TOPIC, 0, null, value.getBytes(StandardCharsets.UTF_8));
    }

    private static TopicPartition at(int partition) {
        return new TopicPartition(TOPIC, partition);
    }

    private static void create(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void deleteBelow(long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", A))) {
            admin.deleteRecords(Map.of(at(0), org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private static long end(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return admin.listOffsets(Map.of(at(0), org.apache.kafka.clients.admin.OffsetSpec.latest()))
                    .partitionResult(at(0))
                    .get()
                    .offset();
        }
    }

    private static String clusterId(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return admin.describeCluster().clusterId().get();
        }
    }
}
