package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.cli.engine.EmbeddedFleet;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.coordinator.restore.JobReport;
import io.segue.coordinator.restore.RestoreJobs;
import io.segue.coordinator.restore.RestoreListener;
import io.segue.coordinator.restore.RestoreSpecs;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeIT {
    @Test
    void restores(@TempDir Path directory) throws Exception {
        String bootstrap = SharedSandbox.get().target().orElseThrow().bootstrapServers();
        Stores stores = new Stores(Map.of());
        String yaml = "mode: restore\nbackup_id: b1\ntarget:\n  bootstrap_servers: [\"" + bootstrap
                + "\"]\nstorage:\n  backend: filesystem\n  path: \"" + directory + "\"\n";
        ConfigResult loaded = new ConfigLoader(Map.of()).load("t.yaml", yaml);
        JobConfig config = ((ConfigResult.Loaded) loaded).config();
        try (ObjectStore store = stores.open(config.storage())) {
            List<SegmentRecord> records = new ArrayList<>();
            for (long i = 0; i < 100_000; i++) {
                records.add(Archives.record(i * 2, 1_700_000_000_000L + i, "k" + i, "value " + i));
            }
            new Archives(store, "b1")
                    .partition("smoke", 0, SegmentCompression.ZSTD, 30_000, records)
                    .partition("smoke", 1, SegmentCompression.LZ4, 30_000, records)
                    .write();
        }
        try (EmbeddedFleet fleet =
                new EmbeddedFleet(config, config.target().orElseThrow().connection(), stores, step -> {})) {
            BackupArchive archive = BackupArchive.load(fleet.backup(), "b1");
            RestoreJobs jobs = new RestoreJobs(
                    fleet.jobs(),
                    fleet.target(),
                    new Quiet(),
                    new RunLimits(fleet.workers(), Time.system(), 4, () -> false));
            RestoreSpec spec = RestoreSpecs.of(config, archive, fleet.target().clusterId());
            RestorePlan plan = ((RestorePlan.Outcome.Planned) jobs.plan(spec, archive)).plan();
            JobReport report =
                    jobs.open(jobs.create(spec, plan), archive, "test").run();
            System.out.println(report);
            assertEquals(JobState.COMPLETED, report.state());
        }
        assertEquals(
                100_000,
                PlainReader.read(bootstrap, "smoke", 0, "read_uncommitted").size());
        assertEquals(
                100_000,
                PlainReader.read(bootstrap, "smoke", 1, "read_committed").size());
    }

    private static final class Quiet implements RestoreListener {
        @Override
        public void phase(String title) {
            System.out.println(title);
        }

        @Override
        public void said(String line) {
            System.out.println(line);
        }

        @Override
        public void expected(long records, long bytes) {}

        @Override
        public void advanced(long records, long bytes) {}
    }
}
