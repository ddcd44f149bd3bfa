package io.segue.coordinator.dispatch;

import io.segue.coordinator.dispatch.Assignment.Candidate;
import io.segue.coordinator.dispatch.Assignment.Grant;
import io.segue.coordinator.dispatch.TaskStanding.FailedOnce;
import io.segue.coordinator.dispatch.TaskStanding.Leased;
import io.segue.coordinator.dispatch.TaskStanding.Succeeded;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Declined;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.job.message.Messages.TaskProgress;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every task of a job to its end: grants attempts as {@link Assignment} decides, reads in its log what became of
 * each, and grants another after a failure that may pass, or when a lease has run out. A task that fails for good does not
 * hold up the others.
 *
 * <p>One thread decides, that of {@link #run}. What it decides about the store a pool carries out, many tasks at a time:
 * a store answers in tens of milliseconds, and a job may have ten thousand tasks.
 */
public final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    private static final Duration STOP_WAIT = Duration.ofSeconds(60);
    private static final Duration STOP_AGAIN = Duration.ofSeconds(2);
    /** Leaves threads for grants while a job with many logs is taken over. */
    private static final int LOOKUPS = StoreSteps.THREADS / 2;

    private final String jobId;
    private final JobStore jobs;
    private final Workers workers;
    private final Time time;
    private final int atATime;
    private final BooleanSupplier stopped;
    private final StoreSteps steps;
    private final Grants grants;
    private final Crew crew;
    private final Retries retries = Retries.DEFAULT;

    private final Map<String, Work> works = new LinkedHashMap<>();
    private final Deque<Work> unread = new ArrayDeque<>();
    private final Set<Work> lookedUp = new HashSet<>();
    private final Waiting waiting = new Waiting();
    private final Map<String, Work> active = new HashMap<>();
    private final Map<String, List<TaskEvent>> ended = new HashMap<>();
    private final Tally tally = new Tally();
    private DispatchListener listener = new DispatchListener.Silent();

    /** @param atATime attempts under way at most */
    public Dispatch(String jobId, JobStore jobs, Workers workers, Time time, int atATime, BooleanSupplier stopped) {
        this(jobId, jobs, workers, time, atATime, stopped, StoreSteps.pooled("segue-dispatch-" + jobId));
    }

    Dispatch(
            String jobId,
            JobStore jobs,
            Workers workers,
            Time time,
            int atATime,
            BooleanSupplier stopped,
            StoreSteps steps) {
        this.jobId = jobId;
        this.jobs = jobs;
        this.workers = workers;
        this.time = time;
        this.atATime = atATime;
        this.stopped = stopped;
        this.steps = steps;
        this.grants = new Grants(jobId, workers, time, stopped);
        this.crew = new Crew(workers);
    }

    /** As {@link #run(List, Map, DispatchListener)} for tasks that write to no target. */
    public Map<String, List<TaskEvent>> run(List<? extends JobTask> tasks, DispatchListener listener)
            throws InterruptedException {
        return run(tasks, tasks.stream().collect(Collectors.toMap(JobTask::id, task -> Destination.NONE)), listener);
    }

    /**
     * Runs until every task has ended, or a stop was asked for and no attempt is under way any more. Once only. An
     * interrupt makes it return at once, for a leader whose term is over: the attempts run on.
     *
     * @param tasks of the job's plan, in its order: where in it a task stands tells workers its page
     * @param destinations by task id; tasks without one are left alone
     * @return the log of every task that has a destination
     * @throws StoreException if the store does not answer for minutes: the job can be resumed
     */
    public Map<String, List<TaskEvent>> run(
            List<? extends JobTask> tasks, Map<String, Destination> destinations, DispatchListener hears)
            throws InterruptedException {
        listener = hears;
        enlist(tasks, destinations);
        Workers.Subscription following = workers.follow(
                jobId, over -> steps.tell(() -> onOver(over)), progress -> steps.tell(() -> onProgress(progress)));
        try {
            while (ended.size() < works.size() && !stopped.getAsBoolean()) {
                lookUp();
                grant();
                expire();
                steps.take();
                tally.tell(listener, works.size(), active.size());
            }
            if (ended.size() < works.size()) {
                stop();
            }
        } finally {
            following.close();
            steps.close();
        }
        works.forEach((id, work) -> ended.putIfAbsent(id, work.log.events()));
        return ended;
    }

    /** Logs that do not exist are not read: a job that begins costs one listing. */
    private void enlist(List<? extends JobTask> tasks, Map<String, Destination> destinations) {
        Set<String> begun = jobs.tasksBegun(jobId);
        for (int i = 0; i < tasks.size(); i++) {
            JobTask task = tasks.get(i);
            Destination destination = destinations.get(task.id());
            if (destination == null) {
                continue;
            }
            Work work = new Work(task, i, i / JobStore.PAGE, destination, jobs.unreadTaskLog(jobId, task.id()));
            works.put(task.id(), work);
            if (begun.contains(task.id())) {
                unread.add(work);
            } else {
                await(work, Duration.ZERO);
            }
        }
    }

    private void lookUp() {
        while (!unread.isEmpty() && lookedUp.size() < LOOKUPS) {
            Work work = unread.removeFirst();
            lookedUp.add(work);
            step(work, work.log::refresh, changed -> {
                tally.read(work);
                goOn(work, workers::adopt);
            });
        }
    }

    private void grant() {
        int wanted = Math.min(waiting.ready(time.nanos()), Math.max(0, atATime - active.size()));
        int room = workers.room(jobId, wanted);
        if (room <= 0) {
            return;
        }
        List<Candidate> candidates = waiting.largest(room).stream()
                .map(work -> new Candidate(work.task.id(), work.task.weight(), work.destination.leader()))
                .toList();
        for (Grant grant : Assignment.plan(candidates, crew.loads(active.values(), time.nanos()), underWay(), room)) {
            Work work = works.get(grant.taskId());
            if (work != null) {
                give(work, grant.workerId());
            }
        }
    }

    private Map<Integer, Integer> underWay() {
        return active.values().stream()
                .collect(Collectors.toMap(work -> work.destination.leader(), work -> 1, Integer::sum));
    }

    private void give(Work work, String worker) {
        int attempt = work.nextAttempt();
        TaskRef ref = new TaskRef(jobId, work.task.id(), attempt);
        if (!workers.reserve(worker, ref)) {
            return;
        }
        waiting.remove(work);
        work.attempt = attempt;
        work.worker = worker;
        active.put(work.task.id(), work);
        step(work, () -> grants.give(work), outcome -> {
            switch (outcome) {
                case GIVEN -> {
                    LOG.debug("granted job={} task={} attempt={} worker={}", jobId, work.task.id(), attempt, worker);
                    if (work.saidOver == attempt) {
                        settle(work);
                    }
                }
                case REFUSED -> {
                    workers.end(ref);
                    await(work, Duration.ZERO);
                }
                case OVERTAKEN -> {
                    workers.cancel(ref);
                    goOn(work, workers::honour);
                }
            }
        });
    }

    /** A hint: the log says what became of the attempt. */
    private void onOver(TaskOver over) {
        Work work = works.get(over.taskId());
        if (work == null || over.attempt() < work.attempt) {
            return;
        }
        work.saidOver = over.attempt();
        if (active.containsKey(over.taskId()) && !work.busy && work.attempt == over.attempt()) {
            settle(work);
        }
    }

    private void onProgress(TaskProgress progress) {
        Work work = works.get(progress.taskId());
        if (work != null) {
            tally.moved(work, progress.records(), progress.bytes());
        }
    }

    private void expire() {
        List.copyOf(active.values()).stream()
                .filter(work -> !work.busy && !workers.leased(work.ref(jobId)))
                .forEach(this::settle);
    }

    private void settle(Work work) {
        work.saidOver = 0;
        step(work, work.log::refresh, changed -> settled(work));
    }

    private void settled(Work work) {
        work.forgiveIfAdvanced();
        TaskRef ref = work.ref(jobId);
        TaskStanding standing = work.standing();
        if (standing instanceof FailedOnce failed) {
            workers.end(ref);
            failed(work, failed.failure());
        } else if (standing instanceof TaskStanding.Refused refused) {
            workers.end(ref);
            declined(work, refused.declined());
        } else if (standing instanceof TaskStanding.Pending) {
            workers.end(ref);
            lost(work, "was let go");
        } else if (standing instanceof Leased leased && leased.attempt() == work.attempt) {
            if (!workers.leased(ref)) {
                workers.end(ref);
                lost(work, "lost its worker " + work.worker);
            } else if (work.saidOver == work.attempt) {
                settle(work);
            }
        } else {
            workers.end(ref);
            goOn(work, workers::honour);
        }
    }

    /** The log says where the task stands, not by this dispatch's doing. */
    private void goOn(Work work, Consumer<TaskRef> found) {
        TaskStanding standing = work.standing();
        if (standing instanceof Succeeded) {
            end(work);
        } else if (standing instanceof Leased leased) {
            work.attempt = leased.attempt();
            work.worker = work.grantee();
            found.accept(work.ref(jobId));
            active.put(work.task.id(), work);
        } else {
            await(work, Duration.ZERO);
        }
    }

    private void failed(Work work, Failed failure) {
        work.failures++;
        boolean again = failure.retryable() && retries.failures().goesOn(work.failures);
        LOG.warn(
                "task={} failed: {}: {}{}",
                work.task.id(),
                failure.place(),
                failure.message(),
                again ? "; trying again" : "");
        if (again) {
            await(work, retries.failures().after(work.failures, ThreadLocalRandom.current()));
        } else {
            end(work);
        }
    }

    /** It says nothing about the task, and does not count against it. */
    private void declined(Work work, Declined declined) {
        if (crew.declined(declined, time.nanos())) {
            LOG.warn("event=worker-left-out job={} worker={} {}", jobId, declined.worker(), declined.reason());
            listener.said("worker " + declined.worker() + " is left out: " + declined.reason());
        }
        await(work, Duration.ZERO);
    }

    private void lost(Work work, String how) {
        LOG.info("task={} attempt={} {}", work.task.id(), work.attempt, how);
        if (countLoss(work)) {
            return;
        }
        Failed why = new Failed(work.attempt, work.task.id(), "no attempt came to an end: the last one " + how, true);
        step(work, () -> work.log.append(why), appended -> end(work));
    }

    /** True if the task is tried again, the first time at once. */
    private boolean countLoss(Work work) {
        work.losses++;
        if (!retries.losses().goesOn(work.losses)) {
            return false;
        }
        await(
                work,
                work.losses == 1
                        ? Duration.ZERO
                        : retries.losses().after(work.losses - 1, ThreadLocalRandom.current()));
        return true;
    }

    private void await(Work work, Duration pause) {
        active.remove(work.task.id());
        work.notBefore = time.nanos() + pause.toNanos();
        waiting.add(work);
    }

    private void end(Work work) {
        active.remove(work.task.id());
        ended.put(work.task.id(), work.log.events());
        tally.ended(work);
    }

    private <T> void step(Work work, Supplier<T> onStore, Consumer<T> then) {
        work.busy = true;
        steps.start(
                onStore,
                result -> {
                    stepped(work);
                    work.unsure = false;
                    then.accept(result);
                },
                failure -> {
                    stepped(work);
                    broken(work, failure);
                });
    }

    private void stepped(Work work) {
        work.busy = false;
        lookedUp.remove(work);
    }

    /** Whatever the step was: the log is read again before the next one. */
    private void broken(Work work, Throwable failure) {
        work.unsure = true;
        if (failure instanceof StoreException store && store.retryable() && countLoss(work)) {
            LOG.warn("task={}: {}; trying again", work.task.id(), failure.getMessage());
            workers.cancel(work.ref(jobId));
            return;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException exception ? exception : new IllegalStateException(failure);
    }

    /** No grant is under way when the workers are told, for it would be told too early. */
    private void stop() throws InterruptedException {
        long now = time.nanos();
        long deadline = now + STOP_WAIT.toNanos();
        long next = now;
        while (steps.underWay() > 0 || (!active.isEmpty() && time.nanos() < deadline)) {
            if (steps.underWay() == 0 && time.nanos() >= next) {
                workers.stop(jobId);
                next = time.nanos() + STOP_AGAIN.toNanos();
            }
            expire();
            steps.take();
        }
    }
}
