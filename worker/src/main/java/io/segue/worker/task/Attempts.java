package io.segue.worker.task;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Declined;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.segment.DamagedSegmentException;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Time;
import io.segue.worker.jobs.JobUnavailableException;
import io.segue.worker.jobs.OpenJobs;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.Lease;
import io.segue.worker.lease.TaskJournal;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs attempts from order to end: checks the order against the task's log, which alone says whether this worker may, has
 * the task run by the runner of its kind, and journals how it ended. Used by many threads.
 */
public final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final String workerId;
    private final OpenJobs jobs;
    private final TaskRunners runners;
    private final Time time;
    private final Consumer<TaskEvent> journaled;

    /** How an attempt ended, for those who count. */
    public enum Outcome {
        SUCCEEDED,
        FAILED,
        RELEASED,
        /** Another attempt was granted, or this one was not granted to this worker, or had ended. */
        VOID
    }

    /** @param journaled told of the end of an attempt once it is durable */
    public Attempts(String workerId, OpenJobs jobs, TaskRunners runners, Time time, Consumer<TaskEvent> journaled) {
        this.workerId = workerId;
        this.jobs = jobs;
        this.runners = runners;
        this.time = time;
        this.journaled = journaled;
    }

    /** Runs one attempt; its log says how it ended. Does nothing but read if the log does not grant it. */
    public Outcome run(RunTask order, Lease lease, AttemptWatch watch) {
        EventLog<TaskEvent> log = jobs.store().taskLog(order.jobId(), order.taskId());
        Granted grant = newestGrant(log);
        if (grant == null
                || grant.attempt() != order.attempt()
                || !grant.worker().equals(workerId)) {
            LOG.warn("not granted {} worker={}", named(order), workerId);
            return Outcome.VOID;
        }
        TaskJournal journal = new TaskJournal(log, grant, time);
        try {
            journal.check();
            TaskEvent end = end(order, journal, lease, watch);
            uninterrupted(() -> journal.append(end));
            journaled.accept(end);
            return outcome(end);
        } catch (AttemptOver.Superseded e) {
            LOG.info("superseded {}: {}", named(order), e.getMessage());
            return Outcome.VOID;
        }
    }

    private TaskEvent end(RunTask order, TaskJournal journal, Lease lease, AttemptWatch watch)
            throws AttemptOver.Superseded {
        int attempt = order.attempt();
        try (OpenJobs.Use use = opened(order.jobId())) {
            return runners.run(
                    jobs.task(order.jobId(), order.page(), order.taskId()),
                    new Attempt(use.resources(), journal, lease, watch));
        } catch (AttemptOver e) {
            return over(attempt, e);
        } catch (JobUnavailableException e) {
            LOG.warn("event=declined {} {}", named(order), e.getMessage());
            return new Declined(attempt, workerId, String.valueOf(e.getMessage()));
        } catch (DamagedSegmentException e) {
            return interruptedOr(new Failed(attempt, e.key(), String.valueOf(e.getMessage()), false));
        } catch (StoreException e) {
            return interruptedOr(new Failed(attempt, "storage", String.valueOf(e.getMessage()), e.retryable()));
        } catch (KafkaFailure e) {
            return interruptedOr(new Failed(attempt, order.taskId(), String.valueOf(e.getMessage()), e.retryable()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return interruptedOr(new Released(attempt, "interrupted"));
        } catch (RuntimeException e) {
            LOG.error("met a bug {}", named(order), e);
            return interruptedOr(new Failed(attempt, order.taskId(), "internal error: " + e, true));
        }
    }

    private OpenJobs.Use opened(String jobId) {
        try {
            return jobs.use(jobId);
        } catch (StoreException e) {
            throw new JobUnavailableException("cannot be opened: " + e.getMessage());
        }
    }

    private static TaskEvent over(int attempt, AttemptOver over) throws AttemptOver.Superseded {
        if (over instanceof AttemptOver.Superseded superseded) {
            throw superseded;
        }
        return over instanceof AttemptOver.Broken broken
                ? interruptedOr(new Failed(
                        attempt,
                        broken.place(),
                        String.valueOf(broken.getMessage()),
                        broken.retryable(),
                        broken.defect()))
                : new Released(attempt, String.valueOf(over.getMessage()));
    }

    /** What fails because this thread is asked to end says nothing about the task. */
    private static TaskEvent interruptedOr(TaskEvent end) {
        return Thread.currentThread().isInterrupted() ? new Released(end.attempt(), "interrupted") : end;
    }

    private interface Append {
        void run() throws AttemptOver.Superseded;
    }

    /** An interrupted thread can write nowhere; the last word is written first. */
    private static void uninterrupted(Append append) throws AttemptOver.Superseded {
        boolean interrupted = Thread.interrupted();
        try {
            append.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Outcome outcome(TaskEvent end) {
        if (end instanceof Failed) {
            return Outcome.FAILED;
        }
        return end instanceof Released || end instanceof Declined ? Outcome.RELEASED : Outcome.SUCCEEDED;
    }

    private static String named(RunTask order) {
        return "job=" + order.jobId() + " task=" + order.taskId() + " attempt=" + order.attempt();
    }

    private static @org.jspecify.annotations.Nullable Granted newestGrant(EventLog<TaskEvent> log) {
        return log.events().stream()
                .filter(Granted.class::isInstance)
                .map(Granted.class::cast)
                .reduce((first, second) -> second)
                .orElse(null);
    }
}
