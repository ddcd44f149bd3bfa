package io.segue.worker.compare;

import io.segue.protocol.job.CompareTask;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.VerificationSpec;
import io.segue.protocol.time.Time;
import io.segue.worker.jobs.JobResources;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.log.KafkaRecordLog;
import io.segue.worker.log.LogPass;
import io.segue.worker.log.RecordLog;
import io.segue.worker.restore.RecordSequence;
import io.segue.worker.restore.SegmentSource;
import io.segue.worker.restore.SegmentStore;
import io.segue.worker.restore.TaskRecords;
import io.segue.worker.task.Attempt;
import io.segue.worker.task.TaskRunner;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Runs compare tasks: walks the record sequence of a restore's task beside the log of its target partition. In memory is one
 * segment of each input and what one read of the log brings, however long the partition is.
 */
public final class CompareTasks implements TaskRunner<CompareTask> {
    private final BiFunction<JobResources, List<SegmentRef>, SegmentSource> sources;
    private final Function<JobResources, RecordLog.Opener> targets;
    private final Time time;

    public CompareTasks(Vertx vertx, SegmentStore segments, Time time) {
        this(
                (job, refs) -> segments.source(job.storage(), refs),
                job -> KafkaRecordLog.ofEverything(vertx, job.target()),
                time);
    }

    CompareTasks(
            BiFunction<JobResources, List<SegmentRef>, SegmentSource> sources,
            Function<JobResources, RecordLog.Opener> targets,
            Time time) {
        this.sources = sources;
        this.targets = targets;
        this.time = time;
    }

    @Override
    public TaskEvent run(CompareTask task, Attempt attempt) throws AttemptOver, InterruptedException {
        JobResources job = attempt.job();
        String restore = job.file().as(VerificationSpec.class).restore();
        RestoreSpec spec = job.jobs()
                .find(restore)
                .orElseThrow(() -> new AttemptOver.Broken(restore, "its state is not in the store any more", false))
                .restore();
        try (TaskRecords records = new TaskRecords(task.restored(), spec, refs -> sources.apply(job, refs));
                RecordSequence sequence = records.from(records.start())) {
            Comparison comparison = new Comparison(task, attaches(job, restore, task), sequence);
            if (task.base() < task.readTo()) {
                try (RecordLog log = targets.apply(job).open(task.restored().target(), task.base())) {
                    new LogPass(task.restored().target(), attempt, time)
                            .run(log, task.base(), task.readTo(), comparison);
                }
            }
            return new TaskEvent.Done(attempt.journal().grant().attempt(), comparison.end());
        }
    }

    private static List<Attached> attaches(JobResources job, String restore, CompareTask task) {
        return TaskEvent.current(
                        job.jobs().taskLog(restore, task.restored().id()).events())
                .stream()
                .filter(Attached.class::isInstance)
                .map(Attached.class::cast)
                .toList();
    }
}
