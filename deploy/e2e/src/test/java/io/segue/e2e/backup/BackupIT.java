package io.segue.e2e.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.engine.EmbeddedFleet;
import io.segue.cli.engine.Spool;
import io.segue.coordinator.backup.BackupJobReport;
import io.segue.coordinator.backup.BackupJobs;
import io.segue.coordinator.backup.BackupPlan;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.restore.RunLimits;
import io.segue.e2e.backup.SourceTopics.Plain;
import io.segue.protocol.config.BackupConfig;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.config.TopicFilter;
import io.segue.protocol.job.JobState;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.kafka.vertx.VertxKafkaCluster;
import io.segue.protocol.manifest.GroupSnapshotJson;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecordJson;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentLimits;
import io.segue.protocol.segment.SegmentReader;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.StoredSegment;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.segue.sandbox.process.SharedSandbox;
import io.segue.worker.jobs.JobAccess;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups of a real cluster; what a plain consumer reads there is what the archive must hold. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class BackupIT {
    private static final String BOOTSTRAP = SharedSandbox.get().source().bootstrapServers();
    private static final int AT_A_TIME = 2;
    private static final KafkaConnection SOURCE = new KafkaConnection(List.of(BOOTSTRAP), Map.of());

    @TempDir
    private Path directory;

    private final SourceTopics source = new SourceTopics(BOOTSTRAP);
    private final Vertx vertx = Vertx.vertx();
    private final VertxKafkaCluster cluster = new VertxKafkaCluster(vertx, SOURCE);

    @BeforeEach
    void directories() throws Exception {
        Files.createDirectories(directory.resolve("state"));
        Files.createDirectories(directory.resolve("store"));
    }

    @AfterEach
    void close() throws Exception {
        source.close();
        cluster.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordIsStoredAsItWas(SegmentCompression compression) throws Exception {
        String topic = "backup-plain-" + compression.word();
        source.create(topic, 3, Map.of("retention.ms", "-1"));
        source.produceOddities(topic, 0);
        source.produce(topic, 1, 20_000);
        source.commit("backup-group-" + compression.word(), topic, 1, 777);

        BackupJobReport report = written(backUp(topic, config(compression), () -> false));

        assertEquals(20_006, report.records());
        assertEquals(List.of(), report.warnings());
        Manifest manifest = ManifestJson.load(store(), topic);
        assertEquals(cluster.clusterId(), manifest.sourceClusterId());
        Manifest.Topic archived = manifest.topic(topic).orElseThrow();
        assertEquals(3, archived.originalPartitionCount());
        assertEquals(2, archived.partitions().size(), "the third is empty");
        assertTrue(archived.partitions().get(1).segments().size() > 2, "segments are cut at 512 KiB");
        assertEquals(source.read(topic, 0), archived(archived, 0));
        assertEquals(source.read(topic, 1), archived(archived, 1));
    }

    @Test
    void whatThePeersDocumentsDoNotHoldIsBesideThem() throws Exception {
        String topic = "backup-source-record";
        source.create(topic, 2, Map.of("cleanup.policy", "compact", "retention.ms", "86400000"));
        source.produce(topic, 0, 50);
        source.commit("backup-readers", topic, 0, 30);

        written(backUp(topic, config(SegmentCompression.ZSTD), () -> false));

        SourceRecord.SourceTopic recorded =
                SourceRecordJson.load(store(), topic).orElseThrow().topics().get(0);
        assertEquals(topic, recorded.name());
        assertEquals("86400000", recorded.configs().get("retention.ms"));
        assertEquals(
                Objects.requireNonNull(cluster.topics(List.of(topic)).get(topic))
                        .topicId(),
                recorded.topicId());
        assertEquals(
                List.of(new SourceRecord.SourcePartition(0, 0, 50), new SourceRecord.SourcePartition(1, 0, 0)),
                recorded.partitions());
        assertTrue(SourceRecordJson.load(store(), topic).orElseThrow().groups().stream()
                .anyMatch(group -> group.groupId().equals("backup-readers")
                        && group.commits().equals(List.of(new SourceRecord.SourceCommit(topic, 0, 30, "by hand")))));
        assertTrue(GroupSnapshotJson.load(store(), topic).orElseThrow().groups().stream()
                .anyMatch(group -> group.groupId().equals("backup-readers")));
    }

    @Test
    void onlyCommittedRecordsAreStoredUpToTheLastStableOffset() throws Exception {
        String topic = "backup-transactions";
        source.create(topic, 2, Map.of());
        source.transactions("backup-txn-1", producer -> {
            for (int i = 0; i < 20; i++) {
                producer.beginTransaction();
                for (int r = 0; r < 50; r++) {
                    SourceTopics.send(producer, SourceTopics.record(topic, 0, i * 50 + r));
                }
                if (i % 3 == 2) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        });
        try (KafkaProducer<byte[], byte[]> open = source.transactional("backup-txn-2")) {
            open.beginTransaction();
            SourceTopics.send(open, SourceTopics.record(topic, 0, 5000));
            source.produce(topic, 0, 6000, 6100);

            BackupJobReport report = written(backUp(topic, config(SegmentCompression.ZSTD), () -> false));

            assertEquals(14 * 50, report.records(), "aborted ones and those behind the open one are not in it");
            Manifest.Topic archived =
                    ManifestJson.load(store(), topic).topic(topic).orElseThrow();
            List<Plain> stored = archived(archived, 0);
            assertEquals(source.read(topic, 0), stored);
            assertNotEquals(stored.get(stored.size() - 1).offset() + 1, stableEnd(topic), "an aborted one ends it");
            open.abortTransaction();
        }
    }

    @Test
    void aCompactedTopicIsStoredWithItsHoles() throws Exception {
        String topic = "backup-compacted";
        source.create(
                topic,
                1,
                Map.of(
                        "cleanup.policy", "compact",
                        "segment.ms", "100",
                        "min.cleanable.dirty.ratio", "0.001",
                        "min.compaction.lag.ms", "0"));
        source.produce(topic, 0, 3_000);
        await(() -> source.read(topic, 0).size() < 2_000);

        written(backUp(topic, config(SegmentCompression.LZ4), () -> false));

        Manifest.Topic archived = ManifestJson.load(store(), topic).topic(topic).orElseThrow();
        List<Plain> stored = archived(archived, 0);
        assertTrue(stored.size() < 2_000, stored.size() + " records");
        List<Plain> read = source.read(topic, 0);
        assertTrue(stored.containsAll(read), "the cleaner may have gone on; nothing that is still there is missing");
    }

    @Test
    void offsetsDeletedBeforeTheyAreReadBecomeAGap() throws Exception {
        String topic = "backup-deleted";
        source.create(topic, 1, Map.of());
        source.produce(topic, 0, 100);

        try (Spool spool = Spool.below(directory);
                EmbeddedFleet fleet = fleet(spool)) {
            BackupJobs backups = backups(fleet, () -> false);
            BackupPlan plan = planned(backups, topic, config(SegmentCompression.ZSTD));
            source.deleteBelow(topic, 0, 40);
            backups.create("backup-1", plan);

            assertEquals(60, written(backups.open("backup-1", "test").run()).records());
        }

        Manifest.Topic archived = ManifestJson.load(store(), topic).topic(topic).orElseThrow();
        Manifest.Gap gap = archived.partitions().get(0).gaps().get(0);
        assertEquals(List.of(0L, 40L), List.of(gap.startOffset(), gap.endOffset()));
        assertEquals(source.read(topic, 0), archived(archived, 0));
    }

    @Test
    void offsetHeadersAreStoredWhereAskedFor() throws Exception {
        String topic = "backup-headers";
        source.create(topic, 1, Map.of());
        source.produce(topic, 0, 2);

        written(backUp(topic, config(SegmentCompression.NONE, true), () -> false));

        Plain second = archived(ManifestJson.load(store(), topic).topic(topic).orElseThrow(), 0)
                .get(1);
        assertEquals("x-original-offset=\1\0\0\0\0\0\0\0", second.headers().get(0));
        assertEquals("x-source-cluster=" + cluster.clusterId(), second.headers().get(2));
    }

    @Test
    void aStopEndsItBetweenReads() throws Exception {
        String topic = "backup-stopped";
        source.create(topic, 1, Map.of());
        source.produce(topic, 0, 100);

        assertEquals(
                JobState.INTERRUPTED,
                backUp(topic, config(SegmentCompression.ZSTD), () -> true).state());
        assertTrue(store().size(Manifest.key(topic)).isEmpty());
    }

    private BackupJobReport backUp(String topic, BackupConfig config, BooleanSupplier stop)
            throws InterruptedException {
        try (Spool spool = Spool.below(directory);
                EmbeddedFleet fleet = fleet(spool)) {
            BackupJobs backups = backups(fleet, stop);
            backups.create("backup-1", planned(backups, topic, config));
            return backups.open("backup-1", "test").run();
        }
    }

    private EmbeddedFleet fleet(Spool spool) {
        JobAccess access = new JobAccess(
                Optional.of(new StorageConfig.FileSystem(directory.resolve("store"))),
                Optional.of(SOURCE),
                Optional.empty());
        return new EmbeddedFleet(
                access, new FileStore(directory.resolve("state")), AT_A_TIME, new Stores(Map.of()), spool, step -> {});
    }

    private static BackupJobs backups(EmbeddedFleet fleet, BooleanSupplier stop) {
        return new BackupJobs(
                fleet.jobs(),
                fleet.backup(),
                fleet.cluster(),
                new Unheard(),
                new RunLimits(fleet.workers(), Time.system(), AT_A_TIME, stop));
    }

    private static BackupPlan planned(BackupJobs backups, String topic, BackupConfig config) {
        return assertInstanceOf(
                        BackupPlan.Outcome.Planned.class,
                        backups.plan(topic, new TopicFilter(List.of(topic), List.of()), config))
                .plan();
    }

    private static BackupJobReport written(BackupJobReport report) {
        assertEquals(JobState.COMPLETED, report.state(), report.summary());
        assertEquals(List.of(), report.failures());
        return report;
    }

    /** Nobody listens. */
    private static final class Unheard implements JobListener {
        @Override
        public void phase(String title) {}

        @Override
        public void said(String line) {}

        @Override
        public void expected(long records, long bytes) {}

        @Override
        public void advanced(long records, long bytes) {}
    }

    private static BackupConfig config(SegmentCompression compression) {
        return config(compression, false);
    }

    private static BackupConfig config(SegmentCompression compression, boolean headers) {
        return new BackupConfig(
                512 << 10, Optional.empty(), compression, 3, headers, Optional.empty(), 2, true, false, List.of());
    }

    private FileStore store() {
        return new FileStore(directory.resolve("store"));
    }

    private long stableEnd(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        return Objects.requireNonNull(cluster.logRanges(List.of(partition)).get(partition))
                .lastStable();
    }

    private List<Plain> archived(Manifest.Topic topic, int partition) {
        List<Plain> records = new ArrayList<>();
        Manifest.Partition found = topic.partitions().stream()
                .filter(candidate -> candidate.partitionId() == partition)
                .findFirst()
                .orElseThrow();
        for (Manifest.Segment segment : found.segments()) {
            byte[] bytes = store().read(segment.key(), 64 << 20);
            assertEquals(segment.compressedSize(), bytes.length);
            long count = 0;
            try (SegmentReader reader =
                    SegmentReader.open(segment.key(), StoredSegment.of(bytes), SegmentLimits.DEFAULT)) {
                for (SegmentRecord record = reader.next(); record != null; record = reader.next()) {
                    records.add(plain(record));
                    count++;
                }
                assertEquals(List.of(), reader.remarks());
            }
            assertEquals(segment.recordCount(), count);
        }
        return records;
    }

    private static Plain plain(SegmentRecord record) {
        return new Plain(
                record.offset(),
                record.timestamp(),
                text(record.key()),
                text(record.value()),
                record.headers().stream()
                        .map(header -> header.key() + "=" + text(header.value()))
                        .toList());
    }

    private static @Nullable String text(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return SourceTopics.text(bytes);
    }

    /** Waits, up to 90 s, until something is so; every look takes a read of the cluster. */
    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so after 90 s");
            }
        }
    }
}
