package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine;
import io.segue.e2e.PlainReader;
import io.segue.protocol.store.ObjectStore;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.faults.Fault;
import io.segue.sandbox.faults.FaultRule;
import io.segue.sandbox.faults.InjectedFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is the fleet's as a restore is: a worker dies in the middle, and the backup holds every record once. */
class FleetBackupIT {
    private static final String TOPIC = "fleet-backed-up";
    private static final int PARTITIONS = 6;
    private static final int RECORDS = 3_000;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aBackupOutlivesOneOfItsWorkers() throws Exception {
        fill();
        SharedFleet shared = SharedFleet.get();
        CommandLine commands = shared.commands(directory);
        FaultRule slow = FaultRule.always(new Fault.Delay(Duration.ofMillis(500)));
        try (InjectedFault fault = SharedFleet.sandbox()
                        .s3()
                        .faults()
                        .inject(slow.onMethod("PUT").onKey("fleet-backups/killed/topics/"));
                ObjectStore store = SharedFleet.store("fleet-backups")) {
            CommandLine.Running backup = commands.start(
                    "backup",
                    "--config",
                    config("backup", """
                            source: {bootstrap_servers: ["%s"], topics: {include: [%s]}}
                            backup: {segment_max_bytes: 20000}
                            """.formatted(source(), TOPIC)).toString());
            while (store.list("killed/topics/", 100).size() < PARTITIONS) {
                assertTrue(backup.process().isAlive(), "it ended before a worker died");
                Thread.onSpinWait();
            }
            shared.fleet().kill("worker-1");
            try {
                String job = backup.await().expect(0).job();
                try (FleetState state = new FleetState(SharedFleet.STATE)) {
                    assertTrue(
                            state.grants(job).stream().anyMatch(grant -> grant.attempt() == 2),
                            "what the worker held went to others");
                }
            } finally {
                shared.fleet().start("worker-1");
            }
            assertTrue(fault.fired() > 0, "segments were written slowly");
        }
        commands.run(
                        "three-phase-restore",
                        "--config",
                        config("restore", """
                        target: {bootstrap_servers: ["%s"]}
                        """.formatted(SharedFleet.bootstrap().replace(",", "\", \"")))
                                .toString())
                .expect(0);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertEquals(
                    texts(source(), partition), texts(SharedFleet.bootstrap(), partition), TOPIC + "/" + partition);
        }
    }

    private static List<String> texts(String bootstrap, int partition) {
        return PlainReader.read(bootstrap, TOPIC, partition, "read_uncommitted").stream()
                .map(FleetBackupIT::text)
                .toList();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return record.timestamp() + " " + new String(record.key(), StandardCharsets.UTF_8) + "="
                + new String(record.value(), StandardCharsets.UTF_8);
    }

    private static String source() {
        return SharedFleet.sandbox().source().bootstrapServers();
    }

    private static void fill() throws Exception {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", source(), "max.in.flight.requests.per.connection", 1);
        try (Admin admin = Admin.create(properties);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < PARTITIONS * RECORDS; i++) {
                sent.add(
                        producer.send(new ProducerRecord<>(TOPIC, i % PARTITIONS, "k" + i, "v" + "x".repeat(100) + i)));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get(30, TimeUnit.SECONDS);
            }
        }
    }

    private Path config(String mode, String rest) throws Exception {
        S3Endpoint s3 = SharedFleet.sandbox().s3();
        return Files.writeString(
                directory.resolve(mode + ".yaml"), """
                mode: %s
                backup_id: killed
                storage:
                  backend: s3
                  bucket: %s
                  prefix: fleet-backups
                  region: %s
                  endpoint: %s
                  allow_http: true
                """.formatted(mode, s3.bucket(), s3.region(), s3.endpoint()) + rest);
    }
}
