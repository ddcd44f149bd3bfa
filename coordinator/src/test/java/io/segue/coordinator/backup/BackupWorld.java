package io.segue.coordinator.backup;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.segue.coordinator.dispatch.ScriptedWorkers;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.config.TopicFilter;
import io.segue.protocol.job.BackupTask;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskResult.BackedUp;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import java.util.ArrayList;
import java.util.List;

/** A source with five partitions, one of them empty, a storage, and jobs on them that outlive their processes. */
final class BackupWorld implements JobListener {
    static final TopicFilter ALL = new TopicFilter(List.of(), List.of());

    final FakeSource source =
            new FakeSource().topic("orders", 10, 500, 0).topic("payments", 70).commit("billing", "orders", 1, 17);
    final InMemoryObjectStore storage = new InMemoryObjectStore();
    final JobStore jobs = new JobStore(new InMemoryObjectStore());
    final ManualTime time = new ManualTime();
    final ScriptedWorkers workers = new ScriptedWorkers(jobs, BackupWorld::store, time);
    final List<String> said = new ArrayList<>();
    long records;
    boolean groups = true;
    boolean stopped;

    BackupJobs backups() {
        return new BackupJobs(jobs, storage, source, this, new RunLimits(workers, time, 2, () -> stopped));
    }

    BackupPlan.Outcome plan(TopicFilter filter) {
        return backups().plan("b1", filter, Configs.backup(2, groups));
    }

    /** A new process starts a job and runs it. */
    BackupJobReport start(String jobId) throws InterruptedException {
        BackupPlan plan =
                assertInstanceOf(BackupPlan.Outcome.Planned.class, plan(ALL)).plan();
        backups().create(jobId, plan);
        return resume(jobId);
    }

    /** A new process goes on with a job. */
    BackupJobReport resume(String jobId) throws InterruptedException {
        return backups().open(jobId, "pid 1").run();
    }

    /** A worker that claims one segment of the whole stretch. */
    private static List<TaskEvent> store(JobTask task, Granted grant) {
        BackupTask backup = (BackupTask) task;
        Manifest.Segment segment = new Manifest.Segment(
                "b1/" + task.id() + "-" + grant.attempt(),
                backup.range().startOffset(),
                backup.range().endOffset() - 1,
                1,
                2,
                backup.range().offsets(),
                100,
                50);
        return List.of(new TaskEvent.Done(
                grant.attempt(),
                new BackedUp(
                        new Manifest.Partition(backup.range().partition().partition(), List.of(segment), List.of()))));
    }

    @Override
    public void phase(String title) {
        said.add(title);
    }

    @Override
    public void said(String line) {
        said.add(line);
    }

    @Override
    public void expected(long expectedRecords, long bytes) {}

    @Override
    public synchronized void advanced(long more, long bytes) {
        records += more;
    }
}
