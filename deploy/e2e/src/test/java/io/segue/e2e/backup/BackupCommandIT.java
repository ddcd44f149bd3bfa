package io.segue.e2e.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.KafkaBackupMain;
import io.segue.cli.Shell;
import io.segue.protocol.config.Secret;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.segment.SegmentLimits;
import io.segue.protocol.segment.SegmentReader;
import io.segue.protocol.segment.StoredSegment;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.s3.S3Limits;
import io.segue.protocol.store.s3.S3Store;
import io.segue.protocol.time.Time;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.process.SharedSandbox;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as an operator types it: from a real cluster to a real S3 service, and checked there. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BackupCommandIT {
    private final Sandbox sandbox = SharedSandbox.get();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void backsUpToS3AndRefusesToDoItTwice() throws Exception {
        String topic = "backup-command";
        try (SourceTopics source = new SourceTopics(sandbox.source().bootstrapServers())) {
            source.create(topic, 2, Map.of());
            source.produce(topic, 0, 3_000);
            source.produceOddities(topic, 1);
            source.commit("backup-command-group", topic, 0, 99);
        }
        Path config = config(topic);

        assertEquals(0, run("backup", "--config", config.toString()), this::said);
        assertTrue(text(out).startsWith("Backed up command-1 to s3://"), this::said);
        assertTrue(text(out).contains("3,006 records") || text(out).contains("3006 records"), this::said);

        assertEquals(2, run("backup", "--config", config.toString()), this::said);
        assertTrue(text(out).contains("choose another backup_id"), this::said);

        try (ObjectStore store = S3Store.open(storage(), S3Limits.standard(), Time.system())) {
            Manifest manifest = ManifestJson.load(store, "command-1");
            assertEquals(
                    3_006,
                    manifest.topic(topic).orElseThrow().partitions().stream()
                            .flatMap(partition -> partition.segments().stream())
                            .mapToLong(segment -> recordsOf(store, segment))
                            .sum());
        }
    }

    @Test
    void aTopicThatDoesNotExistIsRefused() throws Exception {
        assertEquals(2, run("backup", "--config", config("backup-no-such-topic").toString()), this::said);
        assertTrue(text(out).contains("backup-no-such-topic"), this::said);
    }

    private Path config(String topic) throws Exception {
        S3Endpoint s3 = sandbox.s3();
        Path file = directory.resolve("backup.yaml");
        Files.writeString(file, """
                mode: backup
                backup_id: command-1
                source:
                  bootstrap_servers: ["%s"]
                  topics: {include: [%s]}
                storage:
                  backend: s3
                  bucket: %s
                  region: %s
                  endpoint: %s
                  access_key: %s
                  secret_key: %s
                  prefix: backup-command-it
                  path_style: true
                  allow_http: true
                backup:
                  compression: zstd
                """.formatted(
                        sandbox.source().bootstrapServers(),
                        topic,
                        s3.bucket(),
                        s3.region(),
                        s3.endpoint(),
                        s3.accessKeyId(),
                        s3.secretAccessKey()));
        return file;
    }

    private StorageConfig.S3 storage() {
        S3Endpoint s3 = sandbox.s3();
        return new StorageConfig.S3(
                s3.bucket(),
                Optional.of(s3.region()),
                Optional.of(s3.endpoint().toString()),
                Optional.of(new Secret(s3.accessKeyId())),
                Optional.of(new Secret(s3.secretAccessKey())),
                "backup-command-it",
                true);
    }

    private static long recordsOf(ObjectStore store, Manifest.Segment segment) {
        StoredSegment stored = StoredSegment.of(store.read(segment.key(), 64 << 20));
        try (SegmentReader reader = SegmentReader.open(segment.key(), stored, SegmentLimits.DEFAULT)) {
            long records = 0;
            while (reader.next() != null) {
                records++;
            }
            return records;
        }
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        Shell shell = new Shell(
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Optional.empty(),
                directory,
                System::nanoTime);
        return KafkaBackupMain.run(shell, args);
    }

    private String said() {
        return text(out) + text(err);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
