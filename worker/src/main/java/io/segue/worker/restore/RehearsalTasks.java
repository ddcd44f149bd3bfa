package io.segue.worker.restore;

import io.segue.protocol.job.RehearsalSpec;
import io.segue.protocol.job.RehearsalTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskResult.Rehearsed;
import io.segue.protocol.time.Time;
import io.segue.worker.jobs.JobResources;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.task.Attempt;
import io.segue.worker.task.TaskRunner;
import java.util.List;
import java.util.function.BiFunction;

/** Runs rehearsals: what a restore would append is read, and nothing is written. */
public final class RehearsalTasks implements TaskRunner<RehearsalTask> {
    private final BiFunction<JobResources, List<SegmentRef>, SegmentSource> sources;
    private final Time time;

    public RehearsalTasks(SegmentStore segments, Time time) {
        this((job, refs) -> segments.source(job.storage(), refs), time);
    }

    RehearsalTasks(BiFunction<JobResources, List<SegmentRef>, SegmentSource> sources, Time time) {
        this.sources = sources;
        this.time = time;
    }

    @Override
    public TaskEvent run(RehearsalTask task, Attempt attempt) throws AttemptOver, InterruptedException {
        LeaseGate gate = attempt.gate(time, attempt.watch()::leaseLost);
        Rehearsal rehearsal = new Rehearsal(
                attempt.job().file().as(RehearsalSpec.class).restore(), refs -> sources.apply(attempt.job(), refs));
        try {
            List<Long> counts = rehearsal.readAgain(task, (records, bytes) -> {
                if (attempt.watch().stopRequested()) {
                    throw new AttemptOver.Stopped();
                }
                gate.pass();
                attempt.watch().advanced(records, bytes);
            });
            return new TaskEvent.Done(attempt.journal().grant().attempt(), new Rehearsed(counts));
        } catch (UnexpectedSegmentException e) {
            throw new AttemptOver.Broken(e.key(), String.valueOf(e.getMessage()), false);
        } catch (OtherPartitionerException e) {
            throw new AttemptOver.Broken(e.place(), String.valueOf(e.getMessage()), false);
        }
    }
}
