package io.segue.worker;

import io.segue.protocol.job.BackupTask;
import io.segue.protocol.job.CheckTask;
import io.segue.protocol.job.CompareTask;
import io.segue.protocol.job.ProbeTask;
import io.segue.protocol.job.RehearsalTask;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.ScanTask;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.backup.BackupTasks;
import io.segue.worker.check.CheckTasks;
import io.segue.worker.compare.CompareTasks;
import io.segue.worker.probe.ProbeTasks;
import io.segue.worker.restore.RehearsalTasks;
import io.segue.worker.restore.RestoreTasks;
import io.segue.worker.restore.SegmentStore;
import io.segue.worker.scan.ScanTasks;
import io.segue.worker.task.TaskRunners;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** What a worker can do. */
public final class EveryTask {
    private EveryTask() {}

    /**
     * The runners of all kinds of tasks.
     *
     * @param spool existing local directory for segments on their way
     */
    public static TaskRunners runners(
            Vertx vertx, String workerId, SegmentStore segments, Path spool, AppendSteps steps) {
        return TaskRunners.none()
                .with(RestoreTask.class, new RestoreTasks(workerId, segments, Time.system(), steps))
                .with(RehearsalTask.class, new RehearsalTasks(segments, Time.system()))
                .with(ProbeTask.class, new ProbeTasks(workerId, Time.system()))
                .with(BackupTask.class, new BackupTasks(vertx, spool, Time.system()))
                .with(CheckTask.class, new CheckTasks(spool, Time.system()))
                .with(ScanTask.class, new ScanTasks(vertx, Time.system()))
                .with(CompareTask.class, new CompareTasks(vertx, segments, Time.system()));
    }
}
