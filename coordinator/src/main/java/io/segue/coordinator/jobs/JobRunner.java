package io.segue.coordinator.jobs;

import io.segue.coordinator.jobs.JobJournal.SupersededException;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.store.StoreException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the jobs of the fleet on, during one term of one leader: finds what was submitted or commanded, and runs a few jobs
 * at a time, each on a thread of its own. One thread owns the list of jobs.
 */
public final class JobRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int AT_A_TIME = 4;
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration AFTER_LOSS = Duration.ofSeconds(5);
    private static final long VIEWS_MS = 500;
    private static final long CLOSE_SECONDS = 30;

    private final Term term;
    private final Consumer<JobView> views;
    private final Runnable superseded;
    private final ReentrantLock planning = new ReentrantLock();
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    /** Holds one element at most: whoever was woken looks at everything. */
    private final BlockingQueue<Boolean> wakes = new LinkedBlockingQueue<>(1);

    private final ExecutorService lanes = Executors.newFixedThreadPool(AT_A_TIME, task -> new Thread(task, "job"));
    /** Commands to jobs that wait for a lane. */
    private final ExecutorService heeding = Executors.newSingleThreadExecutor(task -> new Thread(task, "job-commands"));

    private final ScheduledExecutorService publisher =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "job-views"));
    private final Thread thread = new Thread(this::run, "jobs");
    private volatile boolean closing;

    /** A job, and what the owner of the list knows about it. */
    private static final class Slot {
        final JobLane lane;
        final EventLog<JobCommand> commands;

        @Nullable
        Future<Optional<Duration>> running;

        boolean working;
        boolean rests;
        long notBefore;

        Slot(JobLane lane, EventLog<JobCommand> commands, long now) {
            this.lane = lane;
            this.commands = commands;
            this.notBefore = now;
        }
    }

    /**
     * Begins.
     *
     * @param views where changed views of jobs go, at most two a second of each
     * @param superseded called when another coordinator took a job: perhaps this one leads no longer
     */
    public JobRunner(Term term, Consumer<JobView> views, Runnable superseded) {
        this.term = term;
        this.views = views;
        this.superseded = superseded;
        thread.start();
        ScheduledFuture<?> unused =
                publisher.scheduleWithFixedDelay(this::publish, VIEWS_MS, VIEWS_MS, TimeUnit.MILLISECONDS);
    }

    /** Something was stored: look at once. */
    public void wake() {
        if (!wakes.offer(true)) {
            LOG.trace("awake already");
        }
    }

    private void run() {
        while (!closing) {
            try {
                scan();
                wakes.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (StoreException e) {
                LOG.warn("event=jobs-not-read {}", e.getMessage());
                pause();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("event=jobs-not-read", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            term.time().pause(POLL);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private void scan() {
        List<String> open = term.jobs().open();
        open.forEach(this::know);
        List<Slot> byAge = slots.values().stream()
                .sorted(Comparator.comparingLong(slot -> slot.lane.submittedAt()))
                .toList();
        int busy = 0;
        for (Slot slot : byAge) {
            collect(slot);
            busy += slot.running != null && slot.working ? 1 : 0;
        }
        Set<String> listed = Set.copyOf(open);
        for (Slot slot : byAge) {
            if (slot.running == null && slot.rests && !listed.contains(slot.lane.jobId())) {
                forget(slot);
            } else if (slot.running == null && busy < AT_A_TIME && due(slot)) {
                slot.working = true;
                start(slot, lanes, slot.lane::run);
                busy++;
            } else if (slot.running == null && mustStop(slot)) {
                slot.working = false;
                start(slot, heeding, slot.lane::heed);
            } else if (slot.running != null && mustStop(slot)) {
                slot.lane.stop();
            }
        }
    }

    private void know(String jobId) {
        if (slots.containsKey(jobId)) {
            return;
        }
        Optional<JobRequest> request = term.jobs().request(jobId);
        if (request.isEmpty()) {
            return;
        }
        KindOfJob kind = term.kinds().get(request.get().kind());
        if (kind == null) {
            LOG.warn("event=unknown-kind job={} kind={}", jobId, request.get().kind());
            return;
        }
        JobLane lane = new JobLane(term, kind, request.get(), planning, () -> closing);
        slots.put(jobId, new Slot(lane, term.jobs().commands(jobId), term.time().nanos()));
    }

    private boolean due(Slot slot) {
        if (slot.rests) {
            slot.commands.refresh();
            return slot.commands.events().size() > slot.lane.obeyed();
        }
        return term.time().nanos() >= slot.notBefore;
    }

    private static boolean mustStop(Slot slot) {
        slot.commands.refresh();
        List<JobCommand> all = slot.commands.events();
        return all.subList(Math.min(slot.lane.obeyed(), all.size()), all.size()).stream()
                .anyMatch(command -> command instanceof JobCommand.Pause || command instanceof JobCommand.Cancel);
    }

    private void start(Slot slot, ExecutorService where, Callable<Optional<Duration>> what) {
        slot.rests = false;
        slot.running = where.submit(() -> {
            try {
                return what.call();
            } finally {
                wake();
            }
        });
    }

    private void collect(Slot slot) {
        Future<Optional<Duration>> running = slot.running;
        if (running == null || !running.isDone()) {
            return;
        }
        slot.running = null;
        try {
            Optional<Duration> pause = running.get();
            slot.rests = pause.isEmpty();
            slot.notBefore = term.time().nanos() + pause.orElse(Duration.ZERO).toNanos();
        } catch (ExecutionException e) {
            slot.notBefore = term.time().nanos() + AFTER_LOSS.toNanos();
            fell(slot, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fell(Slot slot, Throwable cause) {
        if (cause instanceof SupersededException) {
            LOG.warn("event=superseded job={} epoch={}", slot.lane.jobId(), term.epoch());
            superseded.run();
        } else if (cause instanceof StoreException) {
            LOG.warn("event=job-trouble job={} {}", slot.lane.jobId(), cause.getMessage());
        } else if (!closing) {
            LOG.error("event=job-broken job={}", slot.lane.jobId(), cause);
            slot.lane.tracker().said("internal error: " + cause + "; see the log of " + term.leader());
        }
    }

    private void forget(Slot slot) {
        slot.lane.tracker().changed().ifPresent(views);
        slots.remove(slot.lane.jobId());
    }

    private void publish() {
        try {
            slots.values().forEach(slot -> slot.lane.tracker().changed().ifPresent(views));
        } catch (RuntimeException e) {
            LOG.warn("event=view-not-published", e);
        }
    }

    /** Leaves every job as it is: the next leader goes on with it. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        publisher.shutdownNow();
        lanes.shutdownNow();
        heeding.shutdownNow();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            if (!lanes.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=jobs-late a job of this term has not let go yet; its journal is closed to it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
