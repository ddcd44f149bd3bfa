package io.segue.coordinator.jobs;

import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.ValidationSpec;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Jobs that do what a test says, run by run. */
final class ScriptedKind implements KindOfJob {
    /** One run of a job, to its end or a stop. */
    @FunctionalInterface
    interface Run {
        JobState of(JobJournal journal, JobListener listener, BooleanSupplier stopped) throws InterruptedException;
    }

    final BlockingQueue<Run> runs = new LinkedBlockingQueue<>();
    final BlockingQueue<String> happened = new LinkedBlockingQueue<>();
    private final JobStore jobs;
    Planning planning = new Planning.Planned();

    ScriptedKind(JobStore jobs) {
        this.jobs = jobs;
    }

    /** Ends in this state. */
    static Run ending(JobState state) {
        return (journal, listener, stopped) -> {
            journal.append(new JobEvent.Finished(state, "", 0));
            return state;
        };
    }

    /** Runs until it is stopped. */
    static Run untilStopped() {
        return (journal, listener, stopped) -> {
            BlockingQueue<String> nothing = new LinkedBlockingQueue<>();
            while (!stopped.getAsBoolean()) {
                nothing.poll(5, TimeUnit.MILLISECONDS);
            }
            journal.append(new JobEvent.Interrupted(journal.history().epoch(), "stopped on request"));
            return JobState.INTERRUPTED;
        };
    }

    @Override
    public JobKind kind() {
        return JobKind.VALIDATION;
    }

    @Override
    public Planning plan(JobRequest request, JobListener listener) {
        happened.add("plan " + request.jobId());
        if (planning instanceof Planning.Planned) {
            jobs.create(new JobFile(request.jobId(), request.submittedAt(), new ValidationSpec("b1", "0f")), List.of());
        }
        return planning;
    }

    @Override
    public RunnableJob open(
            JobJournal journal, JobFile file, JobRequest request, JobListener listener, BooleanSupplier stopped) {
        return new RunnableJob() {
            @Override
            public JobState run() throws InterruptedException {
                happened.add("run " + file.jobId());
                Run next = runs.poll();
                return (next == null ? ending(JobState.COMPLETED) : next).of(journal, listener, stopped);
            }

            @Override
            public void thaw(boolean force) {
                happened.add("thaw " + force);
                journal.append(new JobEvent.Finished(JobState.COMPLETED, "thawed", 0));
            }

            @Override
            public void close() {
                happened.add("close " + file.jobId());
            }
        };
    }
}
