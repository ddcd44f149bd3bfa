package io.segue.coordinator.verification;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.dispatch.Dispatch;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.restore.RunLimits;
import io.segue.coordinator.verification.VerificationJobs.Scope;
import io.segue.coordinator.verification.VerificationReport.Partition;
import io.segue.protocol.job.CompareTask;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskResult.Compared;
import io.segue.protocol.job.VerificationSpec;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.text.Units;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A verification job: every proven partition compared with the archive by compare tasks, and one report. */
public final class VerificationJob {
    private final JobFile file;
    private final JobStore jobs;
    private final JobJournal journal;
    private final JobListener listener;
    private final RunLimits limits;

    VerificationJob(JobFile file, JobStore jobs, JobJournal journal, JobListener listener, RunLimits limits) {
        this.file = file;
        this.jobs = jobs;
        this.journal = journal;
        this.listener = listener;
        this.limits = limits;
    }

    /** Runs to the end; empty if it was asked to stop before. */
    public Optional<VerificationReport> run() throws InterruptedException {
        List<CompareTask> tasks = jobs.tasks(file.jobId(), CompareTask.class);
        listener.expected(tasks.stream().mapToLong(CompareTask::count).sum(), 0);
        Map<String, List<TaskEvent>> logs = new Dispatch(
                        file.jobId(), jobs, limits.workers(), limits.time(), limits.tasksAtATime(), limits.stopped())
                .run(tasks, listener);
        if (limits.stopped().getAsBoolean()) {
            journal.append(new JobEvent.Interrupted(journal.history().epoch(), "stopped on request"));
            return Optional.empty();
        }
        Scope scope = jobs.readDocument(file.jobId(), Scope.NAME, Scope.class)
                .orElseThrow(() -> new IllegalStateException("job " + file.jobId() + " has no " + Scope.NAME));
        Map<TopicPartition, List<TaskEvent>> byTarget = tasks.stream()
                .collect(Collectors.toMap(
                        task -> task.restored().target(), task -> logs.getOrDefault(task.id(), List.of())));
        List<Partition> partitions = scope.partitions().stream()
                .map(verdict -> partition(verdict, byTarget.getOrDefault(verdict.target(), List.of())))
                .toList();
        VerificationReport report = VerificationReport.of(
                file.jobId(), file.as(VerificationSpec.class).restore(), partitions);
        jobs.writeDocument(file.jobId(), VerificationReport.NAME, report);
        journal.append(new JobEvent.Finished(
                report.state(),
                report.same() + " of " + Units.count(partitions.size(), "partition") + " the same",
                limits.time().wallMillis()));
        return Optional.of(report);
    }

    private static Partition partition(Verdict verdict, List<TaskEvent> events) {
        if (!verdict.proven()) {
            return unread(verdict, "the restore did not prove it: " + verdict.unprovenBecause());
        }
        return events.stream()
                .filter(event -> event instanceof Done done && done.result() instanceof Compared)
                .map(event -> (Compared) ((Done) event).result())
                .findFirst()
                .map(compared -> new Partition(verdict.sources(), verdict.target(), verdict.records(), compared, null))
                .orElseGet(() -> unread(verdict, why(events)));
    }

    private static Partition unread(Verdict verdict, String why) {
        return new Partition(verdict.sources(), verdict.target(), verdict.records(), null, why);
    }

    private static String why(List<TaskEvent> events) {
        return events.stream()
                .filter(Failed.class::isInstance)
                .map(event -> ((Failed) event).place() + ": " + ((Failed) event).message())
                .reduce((first, second) -> second)
                .orElse("the partition has no leader, so that nobody could read it");
    }
}
