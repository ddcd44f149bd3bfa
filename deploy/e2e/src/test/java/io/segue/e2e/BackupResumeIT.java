package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A10 for backups: SIGTERM in the middle leaves no backup and exit code 4; resume ends it and reads only the rest. */
@Timeout(180)
class BackupResumeIT {
    private static final String TOPIC = "backup-resume";
    private static final int PARTITIONS = 12;
    private static final int RECORDS = 2_000;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void goesOnWhereItStopped() throws Exception {
        fill();
        Path backups = Files.createDirectories(directory.resolve("backups"));
        CommandLine commands = new CommandLine(directory);
        CommandLine.Running running =
                commands.start("backup", "--config", config(backups).toString());
        while (running.process().isAlive() && finished(backups) == 0) {
            Thread.onSpinWait();
        }
        running.process().destroy();
        CommandLine.Ended stopped = running.await().expect(4);

        assertTrue(stopped.out().contains("go on with: kafka-backup resume " + stopped.job()), stopped.out());
        try (FileStore store = new FileStore(backups)) {
            assertTrue(store.size(Manifest.key("r1")).isEmpty(), "without a manifest there is no backup");
            String again = commands.run("backup", "--config", config(backups).toString())
                    .expect(2)
                    .out();
            assertTrue(again.contains("go on with it by 'resume " + stopped.job()), again);

            commands.run("resume", stopped.job()).expect(0);

            List<Manifest.Segment> segments =
                    ManifestJson.load(store, "r1").topic(TOPIC).orElseThrow().partitions().stream()
                            .flatMap(partition -> partition.segments().stream())
                            .toList();
            assertEquals(
                    PARTITIONS * RECORDS,
                    segments.stream().mapToLong(Manifest.Segment::recordCount).sum());
            assertTrue(
                    segments.stream().anyMatch(segment -> segment.key().matches(".*/segment-[0-9]{20}\\.bin.*")),
                    "what was done is not read again");
        }
        commands.run("validate", "-p", backups.toString(), "-b", "r1", "--deep").expect(0);
    }

    /** Tasks whose log has more than the grant. */
    private static long finished(Path backups) throws IOException {
        Path jobs = backups.resolve("segue/jobs");
        if (!Files.exists(jobs)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(jobs)) {
            return files.filter(file -> file.toString().contains("/tasks/") && file.endsWith("0000000001.json"))
                    .count();
        }
    }

    private static void fill() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()));
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap()), new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < PARTITIONS * RECORDS; i++) {
                sent.add(producer.send(new ProducerRecord<>(TOPIC, i % PARTITIONS, "k" + i, "v" + i)));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    private Path config(Path backups) throws IOException {
        Path file = directory.resolve("backup.yaml");
        Files.writeString(file, """
                mode: backup
                backup_id: r1
                source:
                  bootstrap_servers: ["%s"]
                  topics: {include: [%s]}
                storage: {backend: filesystem, path: "%s"}
                backup: {max_concurrent_partitions: 1}
                """.formatted(bootstrap(), TOPIC, backups));
        return file;
    }

    private static String bootstrap() {
        return SharedSandbox.get().source().bootstrapServers();
    }
}
