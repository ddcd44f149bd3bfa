package io.segue.coordinator.check;

import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.dispatch.Dispatch;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.job.CheckTask;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A validation job: every segment read to its last record by check tasks, and one report of all findings. */
public final class CheckJob {
    private final String jobId;
    private final JobStore jobs;
    private final JobJournal journal;
    private final JobListener listener;
    private final RunLimits limits;

    CheckJob(String jobId, JobStore jobs, JobJournal journal, JobListener listener, RunLimits limits) {
        this.jobId = jobId;
        this.jobs = jobs;
        this.journal = journal;
        this.listener = listener;
        this.limits = limits;
    }

    /** Runs to the end; empty if it was asked to stop before. */
    public Optional<ValidationReport> run() throws InterruptedException {
        List<CheckTask> tasks = jobs.tasks(jobId, CheckTask.class);
        listener.expected(
                tasks.stream()
                        .flatMap(task -> task.segments().stream())
                        .mapToLong(segment -> segment.recordCount())
                        .sum(),
                tasks.stream().mapToLong(CheckTask::weight).sum());
        Map<String, List<TaskEvent>> logs = new Dispatch(
                        jobId, jobs, limits.workers(), limits.time(), limits.tasksAtATime(), limits.stopped())
                .run(tasks, listener);
        if (limits.stopped().getAsBoolean()) {
            journal.append(new JobEvent.Interrupted(journal.history().epoch(), "stopped on request"));
            return Optional.empty();
        }
        List<Finding> shallow = jobs.readDocument(jobId, CheckJobs.Shallow.NAME, CheckJobs.Shallow.class)
                .orElseThrow(() -> new IllegalStateException("job " + jobId + " has no " + CheckJobs.Shallow.NAME))
                .findings();
        ValidationReport report = CheckSummary.of(shallow, tasks, logs);
        jobs.writeDocument(jobId, ValidationReport.NAME, report);
        journal.append(new JobEvent.Finished(
                report.state(),
                report.valid() ? "the backup is valid" : "the backup is not valid",
                limits.time().wallMillis()));
        return Optional.of(report);
    }
}
