package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.engine.EmbeddedFleet;
import io.segue.cli.engine.Spool;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.restore.RunLimits;
import io.segue.coordinator.scan.HeaderScan;
import io.segue.coordinator.scan.Scan;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.store.PrefixedStore;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.segue.sandbox.process.SharedSandbox;
import io.segue.worker.append.CrashPoint;
import io.segue.worker.jobs.JobAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the headers on the target tell is what the restore wrote down itself, gaps, crash and marker included. */
@Timeout(180)
class HeaderScanIT implements JobListener {
    private static final String TOPIC = "header-scan-orders";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void tellsTheSameAsTheRestore() throws Exception {
        Path backups = directory.resolve("backups");
        try (FileStore store = new FileStore(backups)) {
            new Archives(store, "b1")
                    .partition(TOPIC, 0, SegmentCompression.ZSTD, 1_000, records(500, 3_000, 7))
                    .partition(TOPIC, 1, SegmentCompression.LZ4, 1_000, records(400, 800, 1_000_000))
                    .partition(TOPIC, 2, SegmentCompression.NONE, 1_000, records(0, 90, 2))
                    .write();
        }
        Path config = Configs.restore(directory, bootstrap(), "b1", "include_original_offset_header: true\n");
        CommandLine dying = new CommandLine(directory).with(CrashPoint.VARIABLE, "before-fragment:2");
        String job = dying.run("restore", "--config", config.toString()).job();
        CommandLine commands = new CommandLine(directory);
        commands.run("resume", job).expect(0);

        Scan scan = scan("source-cluster");
        assertTrue(scan.report().complete(), scan.report().toString());
        assertEquals(mappings(backups, job), scan.mapping().mappings());

        // a machine that knows of no job reads the headers
        CommandLine stranger = new CommandLine(Files.createDirectory(directory.resolve("stranger")));
        String shown = stranger.run(
                        "show-offset-mapping",
                        "--bootstrap-servers",
                        bootstrap(),
                        "--topic",
                        TOPIC,
                        "--source-cluster",
                        "source-cluster")
                .expect(0)
                .out();
        assertEquals(
                commands.run("show-offset-mapping", "-p", backups.toString(), "--job", job)
                        .expect(0)
                        .out(),
                shown);
        assertTrue(shown.contains("Partition 1: Source offset 400-1200 → Target offset "), shown);

        Scan other = scan("another-cluster");
        assertEquals(List.of(), other.mapping().mappings());
        assertTrue(other.report().partitions().stream().allMatch(partition -> partition.unmarked() > 0));
    }

    /** Offsets from {@code first} on, of which every so-manieth is missing. */
    private static List<SegmentRecord> records(long first, int count, int missing) {
        long now = System.currentTimeMillis() - 60_000;
        List<SegmentRecord> records = new ArrayList<>();
        for (long offset = first; records.size() < count; offset++) {
            if ((offset - first) % missing != missing - 1) {
                records.add(Archives.record(offset, now + offset, "k" + offset, "v" + offset));
            }
        }
        return records;
    }

    private List<OffsetMapping> mappings(Path backups, String job) {
        JobStore jobs = new JobStore(new PrefixedStore(new FileStore(backups), "segue"));
        return jobs.readMapping(job).orElseThrow().mappings();
    }

    private Scan scan(String cluster) throws InterruptedException {
        KafkaConnection target = new KafkaConnection(List.of(bootstrap()), Map.of());
        try (Spool spool = Spool.below(directory);
                EmbeddedFleet fleet = EmbeddedFleet.unkept(
                        new JobAccess(Optional.empty(), Optional.empty(), Optional.of(target)),
                        2,
                        new Stores(Map.of()),
                        spool)) {
            RunLimits limits = new RunLimits(fleet.workers(), Time.system(), 2, () -> false);
            return new HeaderScan(fleet.jobs(), fleet.cluster(), this, limits)
                    .of(List.of(TOPIC), cluster)
                    .orElseThrow();
        }
    }

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }

    @Override
    public void phase(String title) {}

    @Override
    public void said(String line) {}

    @Override
    public void expected(long records, long bytes) {}

    @Override
    public void advanced(long records, long bytes) {}
}
