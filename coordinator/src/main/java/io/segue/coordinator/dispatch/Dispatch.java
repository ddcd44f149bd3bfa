package io.segue.coordinator.dispatch;

import io.segue.coordinator.dispatch.TaskStanding.FailedOnce;
import io.segue.coordinator.dispatch.TaskStanding.Leased;
import io.segue.coordinator.dispatch.TaskStanding.Succeeded;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.job.message.Messages.TaskProgress;
import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every task of a job to its end: grants attempts, largest task first and so many at a time, reads what became of
 * each in its log, and grants another after a failure that may pass. A task that fails for good does not hold up the
 * others.
 */
public final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    private static final Backoff ATTEMPTS = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 6);
    private static final Duration REFUSED_WAIT = Duration.ofSeconds(2);
    /** Of the only coordinator there is. */
    private static final int EPOCH = 1;

    private static final Duration STOP_WAIT = Duration.ofSeconds(60);

    private final String jobId;
    private final JobStore jobs;
    private final Workers workers;
    private final Time time;
    private final int atATime;
    private final BooleanSupplier stopped;

    private final Deque<Work> waiting = new ArrayDeque<>();
    private final Map<String, Work> running = new HashMap<>();
    private final BlockingQueue<TaskOver> overs = new LinkedBlockingQueue<>(1_000_000);
    private int nextWorker;

    /** Where a task writes. */
    public record Destination(String topicId, long base) {}

    /** A task on its way. */
    private static final class Work {
        final RestoreTask task;
        final int page;
        final Destination destination;
        final EventLog<TaskEvent> log;
        int attempt;
        int failures;
        long notBefore;

        Work(RestoreTask task, int page, Destination destination, EventLog<TaskEvent> log) {
            this.task = task;
            this.page = page;
            this.destination = destination;
            this.log = log;
        }
    }

    public Dispatch(String jobId, JobStore jobs, Workers workers, Time time, int atATime, BooleanSupplier stopped) {
        this.jobId = jobId;
        this.jobs = jobs;
        this.workers = workers;
        this.time = time;
        this.atATime = atATime;
        this.stopped = stopped;
    }

    /**
     * Runs until every task has ended, or a stop was asked for and no attempt is under way any more.
     *
     * @param destinations by task id
     * @return the log of every task
     */
    public Map<String, List<TaskEvent>> run(
            List<RestoreTask> tasks, Map<String, Destination> destinations, Consumer<TaskProgress> progress)
            throws InterruptedException {
        Map<String, List<TaskEvent>> ended = new HashMap<>();
        Workers.Subscription following = workers.follow(jobId, overs::add, progress);
        try {
            for (int i = 0; i < tasks.size(); i++) {
                RestoreTask task = tasks.get(i);
                EventLog<TaskEvent> log = jobs.taskLog(jobId, task.id());
                Destination destination = destinations.get(task.id());
                if (destination == null) {
                    throw new IllegalStateException("task " + task.id() + " has no destination");
                }
                Work work = new Work(task, i / JobStore.PAGE, destination, log);
                if (TaskStanding.of(log.events()) instanceof Succeeded done) {
                    ended.put(task.id(), log.events());
                    progress.accept(
                            new TaskProgress(jobId, task.id(), done.seal().count(), 0));
                } else {
                    waiting.add(work);
                }
            }
            while (!running.isEmpty() || (!waiting.isEmpty() && !stopped.getAsBoolean())) {
                grantAll(ended);
                collect(ended);
                if (stopped.getAsBoolean()) {
                    stop(ended);
                }
            }
        } finally {
            following.close();
        }
        waiting.forEach(work -> ended.put(work.task.id(), work.log.events()));
        return ended;
    }

    private void grantAll(Map<String, List<TaskEvent>> ended) {
        int candidates = waiting.size();
        while (running.size() < atATime && candidates-- > 0 && !stopped.getAsBoolean()) {
            Work work = waiting.removeFirst();
            if (TaskStanding.of(work.log.events()) instanceof Succeeded) {
                ended.put(work.task.id(), work.log.events());
            } else if (work.notBefore > time.nanos() || !grant(work)) {
                waiting.addLast(work);
            }
        }
    }

    private boolean grant(Work work) {
        int attempt = nextAttempt(work.log.events());
        String worker = workers.ids().get(nextWorker++ % workers.ids().size());
        Granted granted =
                new Granted(attempt, worker, work.destination.topicId(), work.destination.base(), time.wallMillis());
        if (work.log.append(granted) == EventLog.Appended.SUPERSEDED) {
            work.log.refresh();
            return false;
        }
        if (!workers.run(worker, new RunTask(EPOCH, jobId, work.task.id(), work.page, attempt))) {
            work.log.append(new TaskEvent.Released(attempt, "worker " + worker + " did not take it"));
            work.notBefore = time.nanos() + REFUSED_WAIT.toNanos();
            return false;
        }
        LOG.debug("granted job={} task={} attempt={} worker={}", jobId, work.task.id(), attempt, worker);
        work.attempt = attempt;
        running.put(work.task.id(), work);
        return true;
    }

    private static int nextAttempt(List<TaskEvent> events) {
        return 1 + events.stream().mapToInt(TaskEvent::attempt).max().orElse(0);
    }

    private void collect(Map<String, List<TaskEvent>> ended) throws InterruptedException {
        TaskOver over = overs.poll(200, TimeUnit.MILLISECONDS);
        for (; over != null; over = overs.poll()) {
            Work work = running.get(over.taskId());
            if (work != null && work.attempt == over.attempt()) {
                running.remove(over.taskId());
                settle(work, ended);
            }
        }
    }

    private void settle(Work work, Map<String, List<TaskEvent>> ended) {
        work.log.refresh();
        TaskStanding standing = TaskStanding.of(work.log.events());
        if (standing instanceof Succeeded) {
            ended.put(work.task.id(), work.log.events());
        } else if (standing instanceof FailedOnce failed) {
            Failed failure = failed.failure();
            settleFailure(work, failure.place() + ": " + failure.message(), failure.retryable(), ended);
        } else if (standing instanceof Leased leased) {
            settleFailure(work, "attempt " + leased.attempt() + " ended without a word", true, ended);
        } else {
            waiting.addLast(work);
        }
    }

    private void settleFailure(Work work, String why, boolean retryable, Map<String, List<TaskEvent>> ended) {
        work.failures++;
        boolean again = retryable && ATTEMPTS.goesOn(work.failures);
        LOG.warn("task={} failed: {}{}", work.task.id(), why, again ? "; trying again" : "");
        if (again) {
            work.notBefore = time.nanos()
                    + ATTEMPTS.after(work.failures, ThreadLocalRandom.current()).toNanos();
            waiting.addLast(work);
        } else {
            ended.put(work.task.id(), work.log.events());
        }
    }

    private void stop(Map<String, List<TaskEvent>> ended) throws InterruptedException {
        workers.stop(jobId);
        long deadline = time.nanos() + STOP_WAIT.toNanos();
        while (!running.isEmpty() && time.nanos() < deadline) {
            collect(ended);
        }
        List<Work> late = new ArrayList<>(running.values());
        running.clear();
        waiting.addAll(late);
    }
}
