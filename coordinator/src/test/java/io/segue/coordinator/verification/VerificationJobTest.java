package io.segue.coordinator.verification;

import static io.segue.coordinator.dispatch.ScriptedWorkers.failing;
import static io.segue.coordinator.dispatch.ScriptedWorkers.released;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.ScriptedWorkers;
import io.segue.coordinator.dispatch.ScriptedWorkers.Act;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.coordinator.restore.JobWorld;
import io.segue.coordinator.restore.RunLimits;
import io.segue.coordinator.verification.VerificationReport.Partition;
import io.segue.protocol.job.CompareTask;
import io.segue.protocol.job.Defect.Kind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskResult.Compared;
import io.segue.protocol.job.TaskResult.Difference;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VerificationJobTest implements JobListener {
    private static final String JOB = "verification-1";

    private final JobWorld world = new JobWorld();
    private final InMemoryObjectStore backups = new InMemoryObjectStore();
    private final ManualTime time = new ManualTime();
    private final ScriptedWorkers workers = new ScriptedWorkers(world.jobs, VerificationJobTest::same, time);
    private String restore = "";

    @BeforeEach
    void restored() {
        Manifest manifest = world.archive().manifest();
        backups.put(Manifest.key("backup-1"), ManifestJson.write(manifest));
        world.manifestSha256 = BackupArchive.sha256(manifest);
    }

    private void restore() throws InterruptedException {
        restore = world.start().jobId();
    }

    @Test
    void everyProvenPartitionIsCompared() throws InterruptedException {
        restore();

        VerificationReport report = verify().orElseThrow();

        assertEquals(JobState.COMPLETED, report.state());
        assertEquals(restore, report.restore());
        assertEquals(3, report.same());
        CompareTask task = world.jobs.tasks(JOB, CompareTask.class).stream()
                .filter(each -> each.id().equals("orders-0"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of(0L, 10L, 10L, 10L), List.of(task.base(), task.count(), task.end(), task.readTo()));
    }

    @Test
    void whatDiffersIsReported() throws InterruptedException {
        restore();
        Difference difference = new Difference(Kind.ALTERED, null, 100, 0, 1, "value differs from byte 0 on");
        workers.next("orders-0", compared(new Compared(9, 90, 1, 0, 0, List.of(difference))));

        VerificationReport report = verify().orElseThrow();

        assertEquals(JobState.COMPLETED_PARTLY, report.state());
        assertEquals(2, report.same());
        Compared found = of(report, "orders/0").compared();
        assertNotNull(found);
        assertEquals(List.of(difference), found.differences());
    }

    @Test
    void aLogThatLostItsEndIsReadUpToThere() throws InterruptedException {
        restore();
        world.target.log("orders", 0, 0, 6);

        verify();

        assertEquals(
                List.of(5L, 6L, 7L),
                world.jobs.tasks(JOB, CompareTask.class).stream()
                        .map(CompareTask::readTo)
                        .sorted()
                        .toList());
    }

    @Test
    void whatTheRestoreDidNotProveIsNotCompared() throws InterruptedException {
        world.workers.next("orders-1", failing(false));
        restore();

        VerificationReport report = verify().orElseThrow();

        assertEquals(JobState.COMPLETED_PARTLY, report.state());
        assertEquals(
                "the restore did not prove it: b1/s1: broken",
                of(report, "orders/1").unreadBecause());
        assertEquals(2, workers.orders().size());
    }

    @Test
    void whatCannotBeReadIsNotTheSame() throws InterruptedException {
        restore();
        workers.next("orders-1", failing(false));

        assertEquals("b1/s1: broken", of(verify().orElseThrow(), "orders/1").unreadBecause());
    }

    @Test
    void aTopicThatWasMadeAgainHoldsNothingOfTheRestore() throws InterruptedException {
        restore();
        world.target.deleteTopic("orders");
        world.target.createTopic("orders", 2, 1, Map.of());

        VerificationReport report = verify().orElseThrow();

        assertTrue(
                String.valueOf(of(report, "orders/0").unreadBecause()).contains("was deleted and made again"),
                report.toString());
        assertEquals(1, workers.orders().size(), "only payments is read");
    }

    @Test
    void anotherManifestOrClusterIsRefused() throws InterruptedException {
        restore();
        backups.put(
                Manifest.key("backup-1"),
                ManifestJson.write(new Manifest("backup-1", 7, "source-cluster", List.of(), "zstd", List.of())));

        JobRefusedException refused = assertThrows(JobRefusedException.class, this::verify);
        assertTrue(String.valueOf(refused.getMessage()).contains("has changed since job"), refused.getMessage());
    }

    @Test
    void aRestoreWithoutAnAuditIsRefused() throws InterruptedException {
        world.workers.next("orders-0", (task, grant) -> {
            world.stopped = true;
            return released().of(task, grant);
        });
        restore();

        JobRefusedException refused = assertThrows(JobRefusedException.class, this::verify);
        assertTrue(String.valueOf(refused.getMessage()).contains("has not come to its audit"), refused.getMessage());
    }

    private static Partition of(VerificationReport report, String target) {
        return report.partitions().stream()
                .filter(partition -> partition.target().toString().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private Optional<VerificationReport> verify() throws InterruptedException {
        VerificationJobs verifications = new VerificationJobs(
                world.jobs, backups, world.target, this, new RunLimits(workers, time, 2, () -> false));
        verifications.create(JOB, 0, restore);
        return verifications.open(JOB, "pid 1").run();
    }

    private static List<TaskEvent> same(io.segue.protocol.job.JobTask task, TaskEvent.Granted grant) {
        return compared(new Compared(((CompareTask) task).count(), 90, 0, 0, 0, List.of()))
                .of(task, grant);
    }

    private static Act compared(Compared compared) {
        return (task, grant) -> List.of(new Done(grant.attempt(), compared));
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
