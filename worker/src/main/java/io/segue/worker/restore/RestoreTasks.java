package io.segue.worker.restore;

import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.job.DeliveryChoice;
import io.segue.protocol.job.DeliveryChoice.JournalTopic;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AcknowledgedAppend;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.append.Delivery;
import io.segue.worker.append.FencedAppend;
import io.segue.worker.append.HeadFill;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.TransactionalAppend;
import io.segue.worker.append.TransactionalTarget;
import io.segue.worker.append.wire.FillerBatches;
import io.segue.worker.append.wire.KafkaTargetPartition;
import io.segue.worker.append.wire.KafkaTransactionalTarget;
import io.segue.worker.append.wire.KafkaTransactionalTarget.Place;
import io.segue.worker.jobs.JobResources;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.Lease;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.task.Attempt;
import io.segue.worker.task.TaskRunner;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs restore tasks: opens what an attempt reads and writes, and says what its failures mean. */
public final class RestoreTasks implements TaskRunner<RestoreTask> {
    private final Sources sources;
    private final Targets targets;
    private final Time time;
    private final AppendSteps steps;
    private final BatchFeed.Opener feeds;
    private final int batchBytes;

    /** Where the segments of an attempt come from. */
    @FunctionalInterface
    interface Sources {
        SegmentSource open(JobResources job, List<SegmentRef> segments);
    }

    /** Where the records of an attempt go. */
    interface Targets {
        TargetPartition open(Attempt attempt, TopicPartition partition, String topicId, String clientId);

        TransactionalTarget open(Attempt attempt, Place place, String clientId);
    }

    /** Partitions of real clusters. */
    private record KafkaTargets(String workerId, Time time) implements Targets {
        @Override
        public TargetPartition open(Attempt attempt, TopicPartition partition, String topicId, String clientId) {
            return new KafkaTargetPartition(
                    attempt.job().target(), partition, topicId, time, workerId + "-" + clientId, leased(attempt));
        }

        @Override
        public TransactionalTarget open(Attempt attempt, Place place, String clientId) {
            return new KafkaTransactionalTarget(
                    attempt.job().target(), place, time, workerId + "-" + clientId, leased(attempt));
        }

        private static BooleanSupplier leased(Attempt attempt) {
            return () -> attempt.lease().state() == Lease.State.HELD;
        }
    }

    /** @param workerId for the client ids that brokers see */
    public RestoreTasks(String workerId, SegmentStore segments, Time time, AppendSteps steps) {
        this(
                (job, refs) -> segments.source(job.storage(), refs),
                new KafkaTargets(workerId, time),
                time,
                steps,
                FeedAhead::new,
                BatchBuilder.BATCH_BYTES);
    }

    RestoreTasks(
            Sources sources, Targets targets, Time time, AppendSteps steps, BatchFeed.Opener feeds, int batchBytes) {
        this.sources = sources;
        this.targets = targets;
        this.time = time;
        this.steps = steps;
        this.feeds = feeds;
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
        DeliveryChoice choice = attempt.job().delivery();
        try (TaskRecords records = new TaskRecords(
                task, attempt.job().file().restore(), segments -> sources.open(attempt.job(), segments))) {
            if (choice.mode() == DeliveryMode.TRANSACTIONAL) {
                return transactional(task, attempt, records, choice);
            }
            return inOneLog(task, attempt, records, choice.mode());
        }
    }

    private TaskEvent transactional(RestoreTask task, Attempt attempt, TaskRecords records, DeliveryChoice choice)
            throws AttemptOver, InterruptedException {
        JournalTopic journal = choice.journal();
        if (journal == null) {
            throw new IllegalStateException("job " + attempt.job().jobId() + " has no topic for its transactions");
        }
        Granted grant = attempt.journal().grant();
        Place place = new Place(task.target(), grant.topicId(), journal, task.id());
        try (TransactionalTarget target = targets.open(attempt, place, clientId(task, grant))) {
            Delivery append = new TransactionalAppend(
                    task.target().toString(), target, attempt.journal(), gate(attempt, target::disconnect), steps);
            return run(task, attempt, records, append, null);
        }
    }

    private TaskEvent inOneLog(RestoreTask task, Attempt attempt, TaskRecords records, DeliveryMode mode)
            throws AttemptOver, InterruptedException {
        Granted grant = attempt.journal().grant();
        String name = task.target().toString();
        try (TargetPartition target = targets.open(attempt, task.target(), grant.topicId(), clientId(task, grant))) {
            LeaseGate gate = gate(attempt, target::disconnect);
            if (mode == DeliveryMode.AT_LEAST_ONCE) {
                Delivery append = new AcknowledgedAppend(name, target, attempt.journal(), gate, steps);
                return run(task, attempt, records, append, null);
            }
            FencedAppend append = new FencedAppend(name, target, attempt.journal(), gate, time, steps);
            RestoreTask.Preserve preserve = task.preserve();
            if (preserve == null) {
                return run(task, attempt, records, append, null);
            }
            FillerBatches fillers = new FillerBatches(time.wallMillis());
            HeadFill fill = new HeadFill(name, target, attempt.journal(), gate, time, steps, fillers);
            if (!fill.fillBelow(grant.base())) {
                append.doubt();
            }
            return run(task, attempt, records, append, new KeptOffsets(name, append, preserve));
        }
    }

    private TaskEvent run(
            RestoreTask task, Attempt attempt, TaskRecords records, Delivery append, @Nullable KeptOffsets kept)
            throws AttemptOver, InterruptedException {
        RestoreSpec spec = attempt.job().file().restore();
        return new RestoreAttempt(
                        task,
                        records,
                        attempt.journal(),
                        append,
                        kept,
                        attempt.watch(),
                        new RestoreAttempt.Context(time, steps, feeds, spec.batchCompression(), batchBytes))
                .run();
    }

    private static String clientId(RestoreTask task, Granted grant) {
        return task.id() + "-" + grant.attempt();
    }

    private LeaseGate gate(Attempt attempt, Runnable disconnect) {
        return attempt.gate(time, () -> {
            disconnect.run();
            attempt.watch().leaseLost();
        });
    }
}
