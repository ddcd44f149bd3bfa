package io.segue.e2e.page;

import io.segue.cli.KafkaBackupMain;
import io.segue.cli.Shell;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.process.SharedSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Two clusters and a bucket, our command in this JVM, and Kafka's own tools as processes. */
final class PageWorld {
    final Sandbox sandbox = SharedSandbox.three();
    final String source = sandbox.source().bootstrapServers();
    final String target = sandbox.target().orElseThrow().bootstrapServers();
    private final Path directory;
    private String printed = "";

    PageWorld(Path directory) {
        this.directory = directory;
    }

    /** Runs {@code kafka-backup …} and expects this exit code. */
    String run(int wanted, String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
        String[] arguments = List.of(command).subList(1, command.length).toArray(String[]::new);
        Map<String, String> environment =
                Map.of("SEGUE_HOME", directory.resolve("home").toString());
        int code = KafkaBackupMain.run(
                new Shell(environment, both, both, Optional.empty(), directory, System::nanoTime), arguments);
        printed = out.toString(StandardCharsets.UTF_8);
        if (code != wanted) {
            throw new AssertionError(String.join(" ", command) + ": exit " + code + "\n" + printed);
        }
        return printed;
    }

    /** Runs a tool of Kafka's distribution. */
    String tool(String mainClass, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                sandbox.kafkaToolsClassPath(),
                mainClass));
        line.addAll(List.of(command).subList(1, command.length));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + said);
        }
        return said;
    }

    String s3() {
        S3Endpoint s3 = sandbox.s3();
        return """
                  region: %s
                  endpoint: %s
                  access_key: %s
                  secret_key: %s
                  path_style: true
                  allow_http: true
                """.formatted(s3.region(), s3.endpoint(), s3.accessKeyId(), s3.secretAccessKey());
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    void createTopic(String servers, String topic, int partitions) throws Exception {
        try (Admin admin = admin(servers)) {
            admin.createTopics(
                            List.of(new NewTopic(topic, partitions, (short) 1).configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
        }
    }

    /** Deletes topics and waits until they are gone. */
    void deleteTopics(String servers, List<String> topics) throws Exception {
        try (Admin admin = admin(servers)) {
            for (String topic : topics) {
                try {
                    admin.deleteTopics(List.of(topic)).all().get();
                } catch (java.util.concurrent.ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw e;
                    }
                }
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (admin.listTopics().names().get().stream().anyMatch(topics::contains)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("topics were not deleted: " + topics);
                }
            }
        }
    }

    void deleteRecords(String servers, String topic, int partition, long before) throws Exception {
        try (Admin admin = admin(servers)) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        }
    }

    /** Values are {@code topic/partition/offset}. */
    void produce(String servers, List<ProducerRecord<String, String>> records) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", "20"),
                new StringSerializer(),
                new StringSerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    void commit(String servers, String group, String topic, long... offsets) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        for (int p = 0; p < offsets.length; p++) {
            commits.put(new TopicPartition(topic, p), new OffsetAndMetadata(offsets[p]));
        }
        try (Admin admin = admin(servers)) {
            admin.alterConsumerGroupOffsets(group, commits).all().get();
        }
    }

    /** By partition of a topic. */
    Map<Integer, Long> committed(String servers, String group, String topic) throws Exception {
        Map<Integer, Long> offsets = new TreeMap<>();
        try (Admin admin = admin(servers)) {
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, commit) -> {
                        if (partition.topic().equals(topic)) {
                            offsets.put(partition.partition(), commit.offset());
                        }
                    });
        }
        return offsets;
    }

    /** Values that a real consumer of the group reads from where it stands to the end of a partition. */
    List<String> rest(String servers, String group, String topic, int partition) {
        TopicPartition assigned = new TopicPartition(topic, partition);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "group.id",
                        group,
                        "enable.auto.commit",
                        "false",
                        "auto.offset.reset",
                        "none"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(assigned));
            long end =
                    consumer.endOffsets(List.of(assigned)).values().iterator().next();
            while (consumer.position(assigned) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }

    private static Admin admin(String servers) {
        return Admin.create(Map.of("bootstrap.servers", servers));
    }
}
