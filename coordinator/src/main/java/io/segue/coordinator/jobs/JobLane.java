package io.segue.coordinator.jobs;

import io.segue.coordinator.jobs.JobStanding.Ended;
import io.segue.coordinator.jobs.KindOfJob.Planning;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobEvent.Finished;
import io.segue.protocol.job.JobEvent.Obeyed;
import io.segue.protocol.job.JobEvent.Refused;
import io.segue.protocol.job.JobEvent.Suspended;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobState;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job in the hands of one leader. What it does next follows from the journal and the command log alone, so that the
 * next leader does the same. One thread at a time runs it; others tell it to stop.
 */
final class JobLane {
    private static final Logger LOG = LoggerFactory.getLogger(JobLane.class);
    private static final Backoff TRIES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), 6);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Term term;
    private final JobRequest request;
    private final ReentrantLock planning;
    private final JobTracker tracker;
    private final KindOfJob kind;
    private final BooleanSupplier over;
    private volatile boolean stop;
    private volatile int obeyed;
    private int failures;
    private long movedBefore;
    private StoreFinding foundBefore = StoreFinding.GOOD;

    /**
     * @param planning held while a job is planned: a plan looks at what other jobs are about to do
     * @param over true once the term is over: what fails then, fails because of that
     */
    JobLane(Term term, KindOfJob kind, JobRequest request, ReentrantLock planning, BooleanSupplier over) {
        this.term = term;
        this.kind = kind;
        this.request = request;
        this.planning = planning;
        this.over = over;
        this.tracker = new JobTracker(request, term.epoch());
    }

    String jobId() {
        return request.jobId();
    }

    long submittedAt() {
        return request.submittedAt();
    }

    JobTracker tracker() {
        return tracker;
    }

    /** Commands that were seen to. */
    int obeyed() {
        return obeyed;
    }

    /** Stops it cleanly, so that it looks at its commands. */
    void stop() {
        stop = true;
    }

    /**
     * Brings the job on as far as it goes now.
     *
     * @return when to come back; empty: not before somebody commands something
     * @throws JobJournal.SupersededException if another coordinator has it
     * @throws InterruptedException if the term is over
     */
    Optional<Duration> run() throws InterruptedException {
        return goOn(true);
    }

    /**
     * Sees to what was commanded, and leaves the work for later: there is no room for it now.
     *
     * @return as {@link #run()}
     */
    Optional<Duration> heed() throws InterruptedException {
        return goOn(false);
    }

    private Optional<Duration> goOn(boolean work) throws InterruptedException {
        EventLog<JobCommand> commands = term.jobs().commands(jobId());
        EventLog<JobEvent> log = term.jobs().journal(jobId());
        JobHistory found = JobHistory.of(log.events());
        if (!found.standing().open() && found.commands() >= commands.events().size()) {
            return rest(found);
        }
        JobJournal journal =
                JobJournal.lead(log, term.epoch(), term.leader(), term.time().wallMillis());
        LOG.info("event=job-opened job={} epoch={} state={}", jobId(), term.epoch(), found.state());
        while (true) {
            stop = false;
            commands.refresh();
            JobHistory history = journal.history();
            if (history.commands() < commands.events().size()) {
                obey(journal, history, commands.events().get(history.commands()));
            } else if (!history.standing().open()) {
                return rest(history);
            } else {
                show(history);
                Optional<Duration> pause = work ? bringOn(journal) : Optional.of(Duration.ZERO);
                if (pause.isPresent()) {
                    return pause;
                }
            }
        }
    }

    private void show(JobHistory history) {
        obeyed = history.commands();
        tracker.stands(history, JobViews.outcome(term.jobs(), jobId(), history));
    }

    private Optional<Duration> rest(JobHistory history) {
        if (history.standing() instanceof Ended) {
            keepProgress();
        }
        show(history);
        LOG.info("event=job-rests job={} state={}", jobId(), history.state());
        if (history.standing() instanceof Ended) {
            term.jobs().markEnded(jobId());
        }
        return Optional.empty();
    }

    /** The numbers outlive the leader that saw them; one that saw none of the work shows those of the one that did. */
    private void keepProgress() {
        if (tracker.moved() > 0) {
            JobViews.keepProgress(term.jobs(), jobId(), tracker.progress());
        } else {
            JobViews.lastProgress(term.jobs(), jobId()).ifPresent(tracker::ended);
        }
    }

    private void obey(JobJournal journal, JobHistory history, JobCommand command) throws InterruptedException {
        LOG.info("event=command job={} command={}", jobId(), command);
        if (command instanceof JobCommand.Thaw thaw && history.standing() instanceof Ended) {
            thaw(journal, thaw.force());
        }
        journal.append(new Obeyed(history.commands() + 1, command));
        failures = 0;
        show(journal.history());
    }

    private void thaw(JobJournal journal, boolean force) throws InterruptedException {
        try (RunnableJob job =
                open(journal, file().orElseThrow(() -> new JobRefusedException("it was never planned")))) {
            job.thaw(force);
        } catch (JobRefusedException | KafkaFailure | StoreException e) {
            tracker.said("not thawed: " + e.getMessage());
        }
    }

    private Optional<JobFile> file() {
        return term.jobs().find(jobId());
    }

    private RunnableJob open(JobJournal journal, JobFile file) throws InterruptedException {
        return kind.open(journal, file, request, tracker, () -> stop);
    }

    /** Plans or runs. Empty: the journal says how it went. */
    private Optional<Duration> bringOn(JobJournal journal) throws InterruptedException {
        Optional<JobFile> file = file();
        try {
            if (file.isEmpty()) {
                plan(journal);
                return Optional.empty();
            }
            if (!storeServes()) {
                return Optional.of(AGAIN);
            }
            try (RunnableJob job = open(journal, file.get())) {
                boolean spurious = job.run() == JobState.INTERRUPTED && !stop;
                return spurious ? Optional.of(AGAIN) : Optional.empty();
            }
        } catch (JobJournal.SupersededException e) {
            throw e;
        } catch (RuntimeException e) {
            if (over.getAsBoolean()) {
                throw new InterruptedException();
            }
            return failed(journal, file.isPresent(), e);
        }
    }

    /** Says what was found, unless the same was found at the last look. */
    private boolean storeServes() {
        StoreFinding finding = term.store().get();
        if (!finding.equals(foundBefore)) {
            finding.trouble().forEach(tracker::said);
            finding.remarks().forEach(tracker::said);
        }
        foundBefore = finding;
        return finding.trouble().isEmpty();
    }

    private void plan(JobJournal journal) throws InterruptedException {
        planning.lockInterruptibly();
        Planning plan;
        try {
            plan = kind.plan(request, tracker);
        } finally {
            planning.unlock();
        }
        if (plan instanceof Planning.Refused refusal) {
            journal.append(refused(refusal.reasons()));
        } else if (plan instanceof Planning.Answered answer) {
            term.jobs().writeDocument(jobId(), RunnableJob.REPORT, answer.report());
            journal.append(
                    new Finished(JobState.COMPLETED, "planned only", term.time().wallMillis()));
        }
    }

    /** What went wrong, in words, and whether it may pass. */
    private record Trouble(String message, boolean passes) {}

    private Trouble trouble(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof KafkaFailure kafka) {
            return new Trouble(message, kafka.retryable());
        }
        if (failure instanceof StoreException store) {
            return new Trouble(message, store.retryable());
        }
        LOG.error("event=job-broken job={}", jobId(), failure);
        return new Trouble("internal error: " + failure + "; see the log of " + term.leader(), false);
    }

    /** Tries again while there is progress, or a few times without; then leaves it to people. */
    private Optional<Duration> failed(JobJournal journal, boolean planned, RuntimeException failure) {
        if (failure instanceof JobRefusedException) {
            journal.append(refused(List.of(String.valueOf(failure.getMessage()))));
            return Optional.empty();
        }
        Trouble trouble = trouble(failure);
        long moved = tracker.moved();
        failures = moved > movedBefore ? 1 : failures + 1;
        movedBefore = moved;
        LOG.warn("event=job-trouble job={} failures={} {}", jobId(), failures, trouble.message());
        if (trouble.passes() && TRIES.goesOn(failures)) {
            tracker.said(trouble.message() + "; trying again");
            return Optional.of(TRIES.after(failures, ThreadLocalRandom.current()));
        }
        tracker.said(trouble.message());
        giveUp(journal, planned, trouble.message());
        return Optional.empty();
    }

    private void giveUp(JobJournal journal, boolean planned, String message) {
        journal.append(planned ? new Suspended(message, term.time().wallMillis()) : refused(List.of(message)));
    }

    private Refused refused(List<String> reasons) {
        reasons.forEach(reason -> tracker.said("refused: " + reason));
        return new Refused(reasons, term.time().wallMillis());
    }
}
