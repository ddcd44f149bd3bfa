package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.sandbox.Sandbox;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A1, A2: from a source through S3 onto a three-broker cluster, by the command line alone: keys, values, null and empty,
 * header order, duplicate header names, null header values, timestamps, binary and unicode; empty partitions; counts and
 * order per partition; and a group that goes on where it was.
 */
class A1RoundTripIT {
    private static final String TOPIC = "a1-orders";
    private static final int PARTITIONS = 5;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void everyByteComesBack() throws Exception {
        Sandbox sandbox = SharedSandbox.three();
        String source = sandbox.source().bootstrapServers();
        String target = sandbox.target().orElseThrow().bootstrapServers();
        fill(source);
        Groups.commit(
                source, "a1-billing", Map.of(new TopicPartition(TOPIC, 0), 700L, new TopicPartition(TOPIC, 1), 3L));

        CommandLine commands = new CommandLine(directory)
                .with("AWS_ACCESS_KEY_ID", sandbox.s3().accessKeyId())
                .with("AWS_SECRET_ACCESS_KEY", sandbox.s3().secretAccessKey());
        commands.run(
                        "backup",
                        "--config",
                        config("backup", "source", source, sandbox, "").toString())
                .expect(0);
        String restore = """
                restore:
                  reset_consumer_offsets: true
                  consumer_groups: [a1-billing]
                """;
        commands.run(
                        "three-phase-restore",
                        "--config",
                        config("restore", "target", target, sandbox, restore).toString())
                .expect(0);

        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<ConsumerRecord<byte[], byte[]>> wanted = PlainReader.read(source, TOPIC, partition, "read_committed");
            assertSame(wanted, PlainReader.read(target, TOPIC, partition, "read_uncommitted"));
            assertSame(wanted, PlainReader.read(target, TOPIC, partition, "read_committed"));
        }
        for (int partition : List.of(0, 1)) {
            assertEquals(
                    Groups.nextRecord(source, "a1-billing", TOPIC, partition),
                    Groups.nextRecord(target, "a1-billing", TOPIC, partition));
        }
    }

    private static void fill(String source) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", source))) {
            admin.createTopics(
                            List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
        }
        long old = Instant.now().minus(Duration.ofDays(40)).toEpochMilli();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            records.add(record(0, old + i, bytes("k" + i), bytes("v" + i)));
        }
        records.add(record(1, old, null, bytes("null key")));
        records.add(record(1, old + 1, bytes("tombstone"), null));
        records.add(record(1, old + 2, new byte[0], new byte[0]));
        records.add(record(1, old + 3, new byte[] {0, -1, -128, 127}, bytes("Größe ✓ 漢字 🚀")));
        ProducerRecord<byte[], byte[]> headed = record(1, 1, bytes("headers"), bytes("many"));
        headed.headers()
                .add("z", bytes("first"))
                .add("a", bytes("second"))
                .add("z", bytes("again"))
                .add("null", null)
                .add("empty", new byte[0])
                .add("ünïcode", new byte[] {1, 0, -1});
        records.add(headed);
        records.add(record(2, Instant.now().toEpochMilli(), bytes("large"), new byte[900_000]));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", source, "enable.idempotence", "false"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> acknowledged : sent) {
                acknowledged.get();
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> record(
            int partition, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {
        return new ProducerRecord<>(TOPIC, partition, timestamp, key, value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertSame(
            List<ConsumerRecord<byte[], byte[]>> wanted, List<ConsumerRecord<byte[], byte[]>> found) {
        assertEquals(wanted.size(), found.size());
        for (int i = 0; i < wanted.size(); i++) {
            assertArrayEquals(wanted.get(i).key(), found.get(i).key());
            assertArrayEquals(wanted.get(i).value(), found.get(i).value());
            assertEquals(wanted.get(i).timestamp(), found.get(i).timestamp());
            assertEquals(wanted.get(i).headers(), found.get(i).headers());
        }
    }

    private Path config(String mode, String side, String bootstrap, Sandbox sandbox, String more) throws Exception {
        Path file = directory.resolve(mode + ".yaml");
        Files.writeString(file, """
                mode: %s
                backup_id: a1
                %s:
                  bootstrap_servers: ["%s"]
                  topics:
                    include: ["%s"]
                storage:
                  backend: s3
                  bucket: %s
                  endpoint: "%s"
                  region: %s
                  allow_http: true
                  prefix: a1-backups
                %s""".formatted(
                        mode,
                        side,
                        bootstrap.replace(",", "\", \""),
                        TOPIC,
                        sandbox.s3().bucket(),
                        sandbox.s3().endpoint(),
                        sandbox.s3().region(),
                        more));
        return file;
    }
}
