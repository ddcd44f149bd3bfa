package io.segue.worker.restore;

import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Preserve;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.append.Emptying;
import io.segue.worker.append.FencedAppend;
import io.segue.worker.append.HeadFill;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.wire.FillerBatches;
import io.segue.worker.append.wire.KafkaTargetPartition;
import io.segue.worker.jobs.JobResources;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.task.Attempt;
import io.segue.worker.task.TaskRunner;
import java.util.List;
import java.util.OptionalLong;

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
        TargetPartition open(JobResources job, TopicPartition partition, String topicId, String clientId);
    }

    /** @param workerId for the client ids that brokers see */
    public RestoreTasks(String workerId, SegmentStore segments, Time time, AppendSteps steps) {
        this(
                (job, refs) -> segments.source(job.storage(), refs),
                (job, partition, topicId, name) ->
                        new KafkaTargetPartition(job.target(), partition, topicId, time, workerId + "-" + name),
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
                        attempt.job(), task.target(), grant.topicId(), task.id() + "-" + grant.attempt())) {
            LeaseGate gate = gate(attempt, partition);
            String name = task.target().toString();
            new Emptying(partition, attempt.journal(), gate, time, steps).run(keptFrom(task));
            if (task.preserve() != null
                    && attempt.journal().base() == task.preserve().from()) {
                FillerBatches fillers = new FillerBatches(time.wallMillis());
                new HeadFill(name, partition, attempt.journal(), gate, time, steps, fillers)
                        .fillBelow(task.preserve().from());
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

    /** Where the source's offsets begin, if they are to be kept. */
    private static OptionalLong keptFrom(RestoreTask task) {
        Preserve preserve = task.preserve();
        return preserve == null ? OptionalLong.empty() : OptionalLong.of(preserve.from());
    }

    private LeaseGate gate(Attempt attempt, TargetPartition partition) {
        return new LeaseGate(attempt.lease(), attempt.journal(), time, attempt.watch()::stopRequested, () -> {
            partition.disconnect();
            attempt.watch().leaseLost();
        });
    }
}
