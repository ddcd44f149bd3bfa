package io.segue.coordinator.restore;

import io.segue.coordinator.dispatch.Dispatch;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.RunnableJob;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RehearsalSpec;
import io.segue.protocol.job.RehearsalTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskResult.Rehearsed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dry run of a restore in a fleet: workers read the archive in the order in which they would append it, and the plan says
 * how many records each group will read again. Nothing is written to the target.
 */
final class RehearsalJob {
    private final JobFile file;
    private final BackupArchive archive;
    private final JobJournal journal;
    private final JobStore jobs;
    private final JobListener listener;
    private final RunLimits limits;

    RehearsalJob(
            JobFile file,
            BackupArchive archive,
            JobJournal journal,
            JobStore jobs,
            JobListener listener,
            RunLimits limits) {
        this.file = file;
        this.archive = archive;
        this.journal = journal;
        this.jobs = jobs;
        this.listener = listener;
        this.limits = limits;
    }

    /** {@code dry-run.json}: the plan, before anything was counted. */
    record Draft(int version, RestorePlan plan) {
        static final String NAME = "dry-run.json";
    }

    /**
     * Stores a new job. Called again after a crash, it goes on with the plan that is stored.
     *
     * @return false if the job cannot be completed: the backup has changed since
     */
    static boolean create(
            JobStore jobs, String jobId, long createdAt, RehearsalSpec spec, RestorePlan plan, BackupArchive archive) {
        Draft draft = new Draft(1, plan);
        Draft stored = jobs.writeDocumentOnce(jobId, Draft.NAME, draft)
                ? draft
                : jobs.readDocument(jobId, Draft.NAME, Draft.class).orElseThrow();
        return jobs.create(
                new JobFile(jobId, createdAt, spec), RestoreJobs.rehearsals(stored.plan(), spec.restore(), archive));
    }

    JobState run() throws InterruptedException {
        List<RehearsalTask> tasks = jobs.tasks(file.jobId(), RehearsalTask.class);
        listener.phase(RestoreJobs.COUNTING);
        listener.expected(
                tasks.stream().mapToLong(task -> task.restore().records()).sum(),
                tasks.stream().mapToLong(RehearsalTask::weight).sum());
        Map<String, List<TaskEvent>> logs = new Dispatch(
                        file.jobId(), jobs, limits.workers(), limits.time(), limits.tasksAtATime(), limits.stopped())
                .run(tasks, listener);
        if (limits.stopped().getAsBoolean()) {
            journal.append(new JobEvent.Interrupted(journal.history().epoch(), "stopped on request"));
            return JobState.INTERRUPTED;
        }
        RestorePlan plan = jobs.readDocument(file.jobId(), Draft.NAME, Draft.class)
                .orElseThrow(() -> new IllegalStateException("job " + file.jobId() + " has no " + Draft.NAME))
                .plan();
        List<String> failures = new ArrayList<>();
        Map<String, List<Long>> counts = new HashMap<>();
        for (RehearsalTask task : tasks) {
            List<TaskEvent> events = logs.getOrDefault(task.id(), List.of());
            counted(events)
                    .ifPresentOrElse(
                            found -> counts.put(task.id(), found),
                            () -> failures.add("what groups read again in "
                                    + task.restore().target() + " could not be counted: " + why(events)));
        }
        boolean whole = failures.isEmpty();
        jobs.writeDocument(
                file.jobId(),
                RunnableJob.REPORT,
                whole
                        ? RestoreJobs.counted(plan, file.as(RehearsalSpec.class).restore(), archive, counts)
                        : plan.noting(failures));
        JobState state = whole ? JobState.COMPLETED : JobState.COMPLETED_PARTLY;
        journal.append(
                new JobEvent.Finished(state, "planned only", limits.time().wallMillis()));
        return state;
    }

    private static Optional<List<Long>> counted(List<TaskEvent> events) {
        return events.stream()
                .filter(event -> event instanceof Done done && done.result() instanceof Rehearsed)
                .map(event -> ((Rehearsed) ((Done) event).result()).readAgain())
                .findFirst();
    }

    private static String why(List<TaskEvent> events) {
        return events.stream()
                .filter(Failed.class::isInstance)
                .map(event -> ((Failed) event).place() + ": " + ((Failed) event).message())
                .reduce((first, last) -> last)
                .orElse("nobody has said why");
    }
}
