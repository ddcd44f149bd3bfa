package io.segue.worker.restore;

import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.append.FencedAppend;
import io.segue.worker.append.HeadFill;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.wire.FillerBatches;
import io.segue.worker.append.wire.KafkaTargetPartition;
import io.segue.worker.jobs.JobResources;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.Lease;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.task.Attempt;
import io.segue.worker.task.TaskRunner;
import java.util.List;

/** Runs restore tasks: opens what an attempt reads and writes, and says what its failures mean. */
public final class RestoreTasks implements TaskRunner<RestoreTask> {
    private final Sources sources;
    private final Targets targets;
    private final Time time;
    private final AppendSteps steps;
    private final int batchBytes;

    /** Where the segments of an attempt come from. */
    @FunctionalInterface
    interface Sources {
        SegmentSource open(JobResources job, List<SegmentRef> segments);
    }

    /** Where the records of an attempt go. */
    @FunctionalInterface
    interface Targets {
        TargetPartition open(Attempt attempt, TopicPartition partition, String topicId, String clientId);
    }

    /** @param workerId for the client ids that brokers see */
    public RestoreTasks(String workerId, SegmentStore segments, Time time, AppendSteps steps) {
        this(
                (job, refs) -> segments.source(job.storage(), refs),
                (attempt, partition, topicId, name) -> new KafkaTargetPartition(
                        attempt.job().target(),
                        partition,
                        topicId,
                        time,
                        workerId + "-" + name,
                        () -> attempt.lease().state() == Lease.State.HELD),
                time,
                steps,
                BatchBuilder.BATCH_BYTES);
    }

    RestoreTasks(Sources sources, Targets targets, Time time, AppendSteps steps, int batchBytes) {
        this.sources = sources;
        this.targets = targets;
        this.time = time;
        this.steps = steps;
        this.batchBytes = batchBytes;
    }

    @Override
    public TaskEvent run(RestoreTask task, Attempt attempt) throws AttemptOver, InterruptedException {
        try {
            return restore(task, attempt);
        } catch (UnexpectedSegmentException e) {
            throw new AttemptOver.Broken(e.key(), String.valueOf(e.getMessage()), false);
        } catch (OtherPartitionerException e) {
            throw new AttemptOver.Broken(e.place(), String.valueOf(e.getMessage()), false);
        } catch (TargetFailure e) {
            throw new AttemptOver.Broken(task.id(), String.valueOf(e.getMessage()), e.retryable());
        }
    }

    private TaskEvent restore(RestoreTask task, Attempt attempt) throws AttemptOver, InterruptedException {
        RestoreSpec spec = attempt.job().file().restore();
        var grant = attempt.journal().grant();
        try (TaskRecords records = new TaskRecords(task, spec, segments -> sources.open(attempt.job(), segments));
                TargetPartition partition = targets.open(
                        attempt, task.target(), grant.topicId(), task.id() + "-" + grant.attempt())) {
            LeaseGate gate = gate(attempt, partition);
            String name = task.target().toString();
            if (task.preserve() != null) {
                FillerBatches fillers = new FillerBatches(time.wallMillis());
                new HeadFill(name, partition, attempt.journal(), gate, time, steps, fillers).fillBelow(grant.base());
            }
            FencedAppend append = new FencedAppend(name, partition, attempt.journal(), gate, time, steps);
            return new RestoreAttempt(
                            task,
                            records,
                            attempt.journal(),
                            append,
                            attempt.watch(),
                            new RestoreAttempt.Context(time, steps, spec.batchCompression(), batchBytes))
                    .run();
        }
    }

    private LeaseGate gate(Attempt attempt, TargetPartition partition) {
        return attempt.gate(time, () -> {
            partition.disconnect();
            attempt.watch().leaseLost();
        });
    }
}
