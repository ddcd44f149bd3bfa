package io.segue.worker.restore;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.DamagedSegmentException;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.append.AttemptOver;
import io.segue.worker.append.FencedAppend;
import io.segue.worker.append.LeaseGate;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.TaskJournal;
import io.segue.worker.append.wire.KafkaTargetPartition;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs attempts of restore tasks to an end that is journaled, whatever it is. Blocks; any number at a time. */
public final class RestoreTasks {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreTasks.class);
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final String workerId;
    private final JobStore jobs;
    private final Sources sources;
    private final Targets targets;
    private final Time time;
    private final AppendSteps steps;
    private final int batchBytes;

    /** Where the segments of an attempt come from. */
    @FunctionalInterface
    interface Sources {
        SegmentSource open(List<SegmentRef> segments);
    }

    /** Where the records of an attempt go. */
    @FunctionalInterface
    interface Targets {
        TargetPartition open(TopicPartition partition, String topicId, String clientId);
    }

    public RestoreTasks(
            String workerId,
            JobStore jobs,
            SegmentStore segments,
            KafkaConnection target,
            Time time,
            AppendSteps steps) {
        this(
                workerId,
                jobs,
                segments::source,
                (partition, topicId, clientId) -> new KafkaTargetPartition(target, partition, topicId, time, clientId),
                time,
                steps,
                BatchBuilder.BATCH_BYTES);
    }

    RestoreTasks(
            String workerId,
            JobStore jobs,
            Sources sources,
            Targets targets,
            Time time,
            AppendSteps steps,
            int batchBytes) {
        this.workerId = workerId;
        this.jobs = jobs;
        this.sources = sources;
        this.targets = targets;
        this.time = time;
        this.steps = steps;
        this.batchBytes = batchBytes;
    }

    /** Runs one attempt; its log says how it ended. Does nothing if the attempt is not the newest granted one. */
    public void run(
            String jobId, int page, String taskId, int attempt, RestoreProgress progress, BooleanSupplier stopped) {
        EventLog<TaskEvent> log = jobs.taskLog(jobId, taskId);
        Granted grant = newestGrant(log.events());
        if (grant == null || grant.attempt() != attempt || !grant.worker().equals(workerId)) {
            LOG.warn("job={} task={} attempt={} is not granted to worker={}", jobId, taskId, attempt, workerId);
            return;
        }
        TaskJournal journal = new TaskJournal(log, grant);
        TaskEvent end = end(jobId, page, taskId, journal, progress, stopped);
        try {
            journal.append(end);
            steps.reached(AppendSteps.Step.AFTER_SEAL);
        } catch (AttemptOver.Superseded e) {
            LOG.info("job={} task={} attempt={} superseded: {}", jobId, taskId, attempt, e.getMessage());
        }
    }

    private TaskEvent end(
            String jobId,
            int page,
            String taskId,
            TaskJournal journal,
            RestoreProgress progress,
            BooleanSupplier stopped) {
        int attempt = journal.grant().attempt();
        try {
            return attempt(jobId, page, taskId, journal, progress, stopped);
        } catch (AttemptOver.Broken e) {
            return new TaskEvent.Failed(attempt, e.place(), String.valueOf(e.getMessage()), e.retryable());
        } catch (AttemptOver e) {
            return new TaskEvent.Released(attempt, String.valueOf(e.getMessage()));
        } catch (DamagedSegmentException e) {
            return new TaskEvent.Failed(attempt, e.key(), String.valueOf(e.getMessage()), false);
        } catch (UnexpectedSegmentException e) {
            return new TaskEvent.Failed(attempt, e.key(), String.valueOf(e.getMessage()), false);
        } catch (StoreException e) {
            return new TaskEvent.Failed(attempt, "backup", String.valueOf(e.getMessage()), e.retryable());
        } catch (TargetFailure e) {
            return new TaskEvent.Failed(attempt, taskId, String.valueOf(e.getMessage()), e.retryable());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TaskEvent.Released(attempt, "interrupted");
        } catch (RuntimeException e) {
            LOG.error("job={} task={} attempt={} met a bug", jobId, taskId, attempt, e);
            return new TaskEvent.Failed(attempt, taskId, "internal error: " + e, true);
        }
    }

    private TaskEvent.Sealed attempt(
            String jobId,
            int page,
            String taskId,
            TaskJournal journal,
            RestoreProgress progress,
            BooleanSupplier stopped)
            throws AttemptOver, InterruptedException {
        JobFile job = jobs.find(jobId).orElseThrow(() -> missing(jobId));
        RestoreTask task = jobs.page(jobId, page).tasks().stream()
                .filter(candidate -> candidate.id().equals(taskId))
                .map(RestoreTask.class::cast)
                .findFirst()
                .orElseThrow(() -> missing(jobId + " task " + taskId));
        Selection selection =
                new Selection(job.restore(), task.source(), job.restore().sourceClusterId());
        String clientId = workerId + "-" + taskId + "-" + journal.grant().attempt();
        try (SegmentSource source = sources.open(task.segments());
                TargetPartition partition =
                        targets.open(task.target(), journal.grant().topicId(), clientId)) {
            FencedAppend append = new FencedAppend(
                    task.target().toString(), partition, journal, new LeaseGate(journal, time, LEASE), time, steps);
            return new RestoreAttempt(
                            task,
                            position -> new RecordSequence(source, selection, position),
                            journal,
                            append,
                            progress,
                            stopped,
                            new RestoreAttempt.Context(
                                    time, steps, job.restore().batchCompression(), batchBytes))
                    .run();
        }
    }

    private static IllegalStateException missing(String what) {
        return new IllegalStateException("the job store has no " + what);
    }

    private static @org.jspecify.annotations.Nullable Granted newestGrant(List<TaskEvent> events) {
        return events.stream()
                .filter(Granted.class::isInstance)
                .map(Granted.class::cast)
                .reduce((first, second) -> second)
                .orElse(null);
    }
}
