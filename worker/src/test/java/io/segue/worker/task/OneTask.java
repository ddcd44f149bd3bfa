package io.segue.worker.task;

import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobSpec;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskFragments;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.Time;
import io.segue.worker.jobs.OpenJobs;
import io.segue.worker.jobs.TestingConfigs;
import io.segue.worker.lease.Lease;
import io.segue.worker.lease.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A job with one task of any kind: what outlives processes. Attempts run on it as workers run them;
 * whenever one asks whether to stop, the leader has just renewed its lease.
 */
public final class OneTask implements AttemptWatch {
    private static final String WORKER = "worker-1";
    private static final String JOB = "job-1";

    /** The storage of the backup. */
    public final InMemoryObjectStore storage = new InMemoryObjectStore();

    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final JobTask task;
    private final Time time;
    private BooleanSupplier stopped = () -> false;
    private long records;
    private Lease lease;

    public OneTask(JobSpec spec, JobTask task, Time time) {
        this.task = task;
        this.time = time;
        this.lease = new Lease(time);
        jobs.create(new JobFile(JOB, 0, spec), List.of(task));
    }

    /** Where its job is kept, and others may be. */
    public JobStore jobs() {
        return jobs;
    }

    /** The coordinator grants the next attempt. */
    public int grant() {
        var log = jobs.taskLog(JOB, task.id());
        int attempt =
                1 + log.events().stream().mapToInt(TaskEvent::attempt).max().orElse(0);
        log.append(new Granted(attempt, WORKER, "", 0, 0));
        return attempt;
    }

    /** A worker runs a granted attempt; returns the last event of the log. */
    public <T extends JobTask> TaskEvent run(int attempt, Class<T> kind, TaskRunner<T> runner) {
        TaskRunners runners = TaskRunners.none().with(kind, runner);
        try (OpenJobs open = new OpenJobs(jobs, job -> TestingConfigs.restore(), ignored -> storage)) {
            Lease mine = new Lease(time);
            lease = mine;
            new Attempts(WORKER, open, runners, time, journaled -> {})
                    .run(new RunTask(1, JOB, task.id(), 0, attempt), mine, this);
        }
        List<TaskEvent> events = events();
        return events.get(events.size() - 1);
    }

    /** The next attempt, granted and run. */
    public <T extends JobTask> TaskEvent run(Class<T> kind, TaskRunner<T> runner) {
        return run(grant(), kind, runner);
    }

    public List<TaskEvent> events() {
        return jobs.taskLog(JOB, task.id()).events();
    }

    public List<Fragment> fragments() {
        List<Fragment> fragments = new ArrayList<>();
        new TaskFragments(jobs, JOB, task.id(), events()).forEach(fragments::add);
        return fragments;
    }

    public void stopWhen(BooleanSupplier condition) {
        stopped = condition;
    }

    /** Told of since the beginning. */
    public long records() {
        return records;
    }

    @Override
    public void advanced(long more, long bytes) {
        records += more;
    }

    @Override
    public void leaseLost() {}

    @Override
    public boolean stopRequested() {
        lease.renewed(Moment.now(time));
        return stopped.getAsBoolean();
    }
}
