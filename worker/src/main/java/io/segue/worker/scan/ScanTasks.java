package io.segue.worker.scan;

import io.segue.protocol.job.ScanSpec;
import io.segue.protocol.job.ScanTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.time.Time;
import io.segue.worker.jobs.JobResources;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.log.KafkaRecordLog;
import io.segue.worker.log.LogPass;
import io.segue.worker.log.RecordLog;
import io.segue.worker.restore.MappingLog;
import io.segue.worker.task.Attempt;
import io.segue.worker.task.TaskRunner;
import io.vertx.core.Vertx;
import java.util.function.Function;

/**
 * Runs scan tasks: reads a stretch of a target partition and emits what the headers of its records tell as fragments, so
 * that it takes little memory whatever the number of records.
 */
public final class ScanTasks implements TaskRunner<ScanTask> {
    private final Function<JobResources, RecordLog.Opener> targets;
    private final Time time;

    public ScanTasks(Vertx vertx, Time time) {
        this(job -> KafkaRecordLog.opener(vertx, job.target()), time);
    }

    ScanTasks(Function<JobResources, RecordLog.Opener> targets, Time time) {
        this.targets = targets;
        this.time = time;
    }

    @Override
    public TaskEvent run(ScanTask task, Attempt attempt) throws AttemptOver, InterruptedException {
        ScanSpec spec = attempt.job().file().as(ScanSpec.class);
        ScannedStretch scanned = new ScannedStretch(
                task.target(),
                spec.sourceTopic(task.target().topic()),
                spec.sourceCluster(),
                new MappingLog(attempt.journal(), 0, time, step -> {}));
        try (RecordLog log = targets.apply(attempt.job()).open(task.target(), task.from())) {
            new LogPass(task.target(), attempt, time).run(log, task.from(), task.to(), scanned);
        }
        return new TaskEvent.Done(attempt.journal().grant().attempt(), scanned.end(task.to()));
    }
}
