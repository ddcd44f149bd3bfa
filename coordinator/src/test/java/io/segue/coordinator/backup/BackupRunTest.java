package io.segue.coordinator.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.backup.PartitionBackups;
import io.segue.protocol.backup.PartitionOutcome;
import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.config.TopicFilter;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.BackupReport;
import io.segue.protocol.manifest.BackupReportJson;
import io.segue.protocol.manifest.GroupSnapshotJson;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.manifest.SourceRecordJson;
import io.segue.protocol.store.FileStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRunTest {
    private static final TopicFilter ALL = new TopicFilter(List.of(), List.of());

    @TempDir
    private Path directory;

    private final FakeSource source =
            new FakeSource().topic("orders", 10, 500, 0).topic("payments", 70).commit("billing", "orders", 1, 17);

    @Test
    void everyDocumentIsWritten() {
        BackupReport report = assertInstanceOf(BackupResult.Written.class, run(BackupRunTest::store))
                .report();

        assertTrue(report.complete());
        assertEquals(580, report.records());
        FileStore store = new FileStore(directory);
        assertEquals(report, BackupReportJson.load(store, "b1").orElseThrow());
        Manifest manifest = ManifestJson.load(store, "b1");
        assertEquals("source-cluster", manifest.sourceClusterId());
        assertEquals("zstd", manifest.compression());
        Manifest.Topic orders = manifest.topic("orders").orElseThrow();
        assertEquals(3, orders.originalPartitionCount());
        assertEquals(
                List.of(0, 1),
                orders.partitions().stream()
                        .map(Manifest.Partition::partitionId)
                        .toList(),
                "the empty partition is absent, as the peer writes it");
        assertEquals(
                2, SourceRecordJson.load(store, "b1").orElseThrow().topics().size());
        assertEquals(
                17,
                java.util.Objects.requireNonNull(GroupSnapshotJson.load(store, "b1")
                                .orElseThrow()
                                .groups()
                                .get(0)
                                .commits()
                                .get(new TopicPartition("orders", 1)))
                        .offset());
    }

    @Test
    void withoutGroupSnapshotThereIsNoSuchDocument() {
        FileStore store = new FileStore(directory);
        new BackupRun(source, store, BackupRunTest::store, new CaptureTest.StandingTime())
                .run("b1", ALL, Configs.backup(1, false), BackupProgress.NONE, () -> false);
        assertTrue(GroupSnapshotJson.load(store, "b1").isEmpty());
        assertTrue(store.size("b1/manifest.json").isPresent());
    }

    @Test
    void aBackupThatExistsIsNotTouched() {
        FileStore store = new FileStore(directory);
        store.put("b1/manifest.json", "theirs".getBytes(StandardCharsets.UTF_8));
        BackupResult result = run((range, watch) -> {
            throw new AssertionError("reads");
        });
        assertTrue(assertInstanceOf(BackupResult.Refused.class, result).reason().contains("choose another backup_id"));
        assertEquals("theirs", new String(store.read("b1/manifest.json", 100), StandardCharsets.UTF_8));
    }

    @Test
    void oneThatAppearsMeanwhileIsNotOverwritten() {
        FileStore store = new FileStore(directory);
        BackupResult result = run((range, watch) -> {
            store.put("b1/manifest.json", "theirs".getBytes(StandardCharsets.UTF_8));
            return store(range, watch);
        });
        assertInstanceOf(BackupResult.Refused.class, result);
        assertEquals("theirs", new String(store.read("b1/manifest.json", 100), StandardCharsets.UTF_8));
    }

    @Test
    void topicsThatDoNotExistOrMatchAreRefusedBeforeAnything() {
        BackupRun run =
                new BackupRun(source, new FileStore(directory), BackupRunTest::store, new CaptureTest.StandingTime());
        BackupResult missing = run.run(
                "b1",
                new TopicFilter(List.of("orders", "refunds"), List.of()),
                Configs.backup(1, true),
                BackupProgress.NONE,
                () -> false);
        assertTrue(
                assertInstanceOf(BackupResult.Refused.class, missing).reason().contains("refunds"));
        BackupResult none = run.run(
                "b1",
                new TopicFilter(List.of("x*"), List.of()),
                Configs.backup(1, true),
                BackupProgress.NONE,
                () -> false);
        assertInstanceOf(BackupResult.Refused.class, none);
        assertEquals(List.of(), new FileStore(directory).list("", 10));
    }

    @Test
    void aPartitionThatFailsIsReportedAndTheOthersAreStored() {
        BackupResult result = run((range, watch) -> range.partition().toString().equals("orders/1")
                ? new PartitionOutcome.Failed("orders/1: disk full")
                : store(range, watch));
        BackupReport report =
                assertInstanceOf(BackupResult.Written.class, result).report();
        assertEquals(List.of(new BackupReport.Failure("orders", 1, "orders/1: disk full")), report.failures());
        assertFalse(report.complete());
        FileStore store = new FileStore(directory);
        assertEquals(
                List.of(0),
                ManifestJson.load(store, "b1").topic("orders").orElseThrow().partitions().stream()
                        .map(Manifest.Partition::partitionId)
                        .toList());
        assertEquals(report, BackupReportJson.load(store, "b1").orElseThrow(), "the hole is on record");
    }

    @Test
    void whereEverythingFailedThereIsNoBackup() {
        BackupResult result = run((range, watch) -> new PartitionOutcome.Failed("no"));
        assertEquals(
                4,
                assertInstanceOf(BackupResult.Failed.class, result).failures().size());
        assertEquals(List.of(), new FileStore(directory).list("", 10));
    }

    @Test
    void aStopLeavesNoManifest() {
        AtomicBoolean stop = new AtomicBoolean();
        BackupRun run = new BackupRun(
                source,
                new FileStore(directory),
                (range, watch) -> {
                    stop.set(true);
                    return watch.stopRequested() ? new PartitionOutcome.Stopped() : store(range, watch);
                },
                new CaptureTest.StandingTime());
        assertInstanceOf(
                BackupResult.Interrupted.class,
                run.run("b1", ALL, Configs.backup(1, true), BackupProgress.NONE, stop::get));
        assertEquals(List.of(), new FileStore(directory).list("", 10));
    }

    @Test
    void partitionsRunAtOnceAsManyAsConfigured() {
        CountDownLatch both = new CountDownLatch(2);
        BackupResult result = run((range, watch) -> {
            both.countDown();
            try {
                assertTrue(both.await(20, TimeUnit.SECONDS), "the second one never began");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return store(range, watch);
        });
        assertInstanceOf(BackupResult.Written.class, result);
    }

    @Test
    void aBugInAWorkerIsNotSwallowed() {
        assertThrows(
                IllegalStateException.class,
                () -> run((range, watch) -> {
                    throw new IllegalArgumentException("bug");
                }));
        assertEquals(List.of(), new FileStore(directory).list("", 10));
    }

    @Test
    void progressIsTold() {
        Map<TopicPartition, Long> read = new ConcurrentHashMap<>();
        Map<TopicPartition, PartitionOutcome> ended = new ConcurrentHashMap<>();
        BackupProgress progress = new BackupProgress() {
            @Override
            public void planned(List<PartitionRange> ranges, List<String> warnings) {
                assertEquals(4, ranges.size());
            }

            @Override
            public void advanced(TopicPartition partition, long records, long bytes) {
                read.merge(partition, records, Long::sum);
            }

            @Override
            public void ended(TopicPartition partition, PartitionOutcome outcome) {
                ended.put(partition, outcome);
            }
        };
        new BackupRun(source, new FileStore(directory), BackupRunTest::store, new CaptureTest.StandingTime())
                .run("b1", ALL, Configs.backup(3, true), progress, () -> false);
        assertEquals(
                Map.of(
                        new TopicPartition("orders", 0), 10L,
                        new TopicPartition("orders", 1), 500L,
                        new TopicPartition("orders", 2), 0L,
                        new TopicPartition("payments", 0), 70L),
                new TreeMap<>(read));
        assertEquals(read.keySet(), ended.keySet());
    }

    private BackupResult run(PartitionBackups worker) {
        return new BackupRun(source, new FileStore(directory), worker, new CaptureTest.StandingTime())
                .run("b1", ALL, Configs.backup(2, true), BackupProgress.NONE, () -> false);
    }

    /** A worker that claims one segment of the whole range. */
    private static PartitionOutcome store(PartitionRange range, PartitionBackups.Watch watch) {
        watch.advanced(range.offsets(), range.offsets() * 10);
        List<Manifest.Segment> segments = range.offsets() == 0
                ? List.of()
                : List.of(new Manifest.Segment(
                        "b1/" + range.partition(),
                        range.startOffset(),
                        range.endOffset() - 1,
                        1,
                        2,
                        range.offsets(),
                        100,
                        50));
        return new PartitionOutcome.Stored(
                new Manifest.Partition(range.partition().partition(), segments, List.of()));
    }
}
