package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition that is spoilt or whose topic is another one ends in a state with a name, and a rebuild makes it exact again. */
class RebuildIT {
    private static final long TIME = System.currentTimeMillis();
    private static final List<SegmentRecord> RECORDS = IntStream.range(0, 1_000)
            .mapToObj(i -> Archives.record(i, TIME + i, "k" + i, "v" + i))
            .toList();

    @TempDir
    private Path directory = Path.of("");

    private String spoilt = "";
    private String whole = "";

    @BeforeEach
    void archive() throws Exception {
        String run = Long.toString(System.nanoTime());
        spoilt = "rebuild-spoilt-" + run;
        whole = "rebuild-whole-" + run;
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition(spoilt, 0, SegmentCompression.ZSTD, 400, RECORDS)
                    .partition(whole, 0, SegmentCompression.ZSTD, 400, RECORDS)
                    .partition(whole, 1, SegmentCompression.ZSTD, 400, RECORDS)
                    .groups(Map.of(group(), Map.of(spoilt, Map.of(0, 300L), whole, Map.of(0, 400L, 1, 500L))))
                    .write();
        }
    }

    private String group() {
        return spoilt + "-group";
    }

    @Test
    void afterAForeignRecordAndACrashOfTheRebuild() throws Exception {
        CommandLine commands = new CommandLine(directory);
        String job = dying("AFTER_PRODUCE:1").run(restore()).job();
        produce(spoilt, "foreign");
        produce(whole, "foreign");
        CommandLine.Ended failed = commands.run("resume", job);
        assertTrue(failed.status() == 3 || failed.status() == 1, failed.err());
        assertTrue(
                failed.out().contains("kafka-backup retry " + job + " --rebuild " + spoilt + ":0," + whole + ":0"),
                failed.out());
        CommandLine.Ended audit = commands.run("verify", job);
        assertTrue(audit.out().contains("Not proven: " + spoilt + "/0: "), audit.out());
        assertTrue(audit.out().contains("(foreign, target offset"), audit.out());

        CommandLine.Ended dead = dying("AFTER_REBASE:1").run("retry", job, "--rebuild", spoilt + ":0," + whole + ":0");
        assertEquals(137, dead.status(), dead.err());
        commands.run("resume", job).expect(0);

        assertExact(spoilt, 0);
        assertExact(whole, 0);
        assertExact(whole, 1);
        assertEquals("v300", Groups.nextRecord(bootstrap(), group(), spoilt, 0));
        assertEquals("v400", Groups.nextRecord(bootstrap(), group(), whole, 0));
        commands.run("verify", job, "--deep").expect(0);
    }

    @Test
    void afterATopicWasMadeAgainAndRecordsWereDeleted() throws Exception {
        CommandLine commands = new CommandLine(directory);
        String job = commands.run(restore()).expect(0).job();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.deleteTopics(List.of(whole)).all().get();
            admin.createTopics(List.of(new NewTopic(whole, 2, (short) 1))).all().get();
            admin.deleteRecords(Map.of(new TopicPartition(spoilt, 0), RecordsToDelete.beforeOffset(7)))
                    .all()
                    .get();
        }
        produce(whole, "another");
        CommandLine.Ended differs = commands.run("verify", job, "--deep").expect(1);
        assertTrue(
                differs.out().contains(whole + "/0: NOT COMPARED: the restore did not prove it: target topic "),
                differs.out());

        CommandLine.Ended apart =
                commands.run("retry", job, "--rebuild", whole + ":0").expect(3);
        assertTrue(apart.err().contains("name all of it, with --rebuild " + whole), apart.err());
        commands.run("retry", job, "--rebuild", whole + "," + spoilt + ":0").expect(0);

        assertExact(spoilt, 0);
        assertExact(whole, 0);
        assertExact(whole, 1);
        assertEquals("v300", Groups.nextRecord(bootstrap(), group(), spoilt, 0));
        assertEquals("v500", Groups.nextRecord(bootstrap(), group(), whole, 1));
        CommandLine.Ended same = commands.run("verify", job, "--deep").expect(0);
        assertTrue(same.out().endsWith("Result: 3 of 3 partitions the same\n"), same.out());
    }

    private String[] restore() throws Exception {
        return new String[] {
            "three-phase-restore",
            "--config",
            Configs.restore(directory, bootstrap(), "b1", "max_concurrent_partitions: 3\n")
                    .toString()
        };
    }

    private CommandLine dying(String at) {
        return new CommandLine(directory).with("SEGUE_CRASH_AT", at);
    }

    private static void assertExact(String topic, int partition) {
        Oracle.assertSame(RECORDS, PlainReader.read(bootstrap(), topic, partition, "read_uncommitted"));
        Oracle.assertSame(RECORDS, PlainReader.read(bootstrap(), topic, partition, "read_committed"));
    }

    private static void produce(String topic, String value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topic, 0, bytes, bytes)).get();
        }
    }

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }
}
