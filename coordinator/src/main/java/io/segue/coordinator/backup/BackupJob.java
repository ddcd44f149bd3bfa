package io.segue.coordinator.backup;

import io.segue.coordinator.dispatch.Dispatch;
import io.segue.coordinator.dispatch.TaskStanding;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.job.BackupSpec;
import io.segue.protocol.job.BackupTask;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.manifest.BackupReport.Failure;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A backup job from wherever it stands to its end:
 *
 * <ol>
 *   <li>claim the backup's id, so that no other job writes segments of these names;
 *   <li>bring every task to its end; what is done is not read again;
 *   <li>write the documents, the manifest last: without a manifest there is no backup.
 * </ol>
 *
 * What it takes was captured when it was planned; so after a crash the same steps come to the same backup.
 */
public final class BackupJob {
    private final JobFile file;
    private final BackupSpec spec;
    private final JobStore jobs;
    private final ObjectStore storage;
    private final JobJournal journal;
    private final JobListener listener;
    private final RunLimits limits;

    BackupJob(
            JobFile file,
            JobStore jobs,
            ObjectStore storage,
            JobJournal journal,
            JobListener listener,
            RunLimits limits) {
        this.file = file;
        this.spec = file.as(BackupSpec.class);
        this.jobs = jobs;
        this.storage = storage;
        this.journal = journal;
        this.listener = listener;
        this.limits = limits;
    }

    /** Runs to the end or to a stop. */
    public BackupJobReport run() throws InterruptedException {
        Capture capture = jobs.readDocument(file.jobId(), Capture.NAME, Capture.class)
                .orElseThrow(() -> new IllegalStateException("job " + file.jobId() + " has no capture"));
        if (!new BackupClaim(storage, spec.backupId()).take(file.jobId())) {
            return end(JobState.FAILED, List.of(), List.of(), "another job writes the backup " + spec.backupId());
        }
        List<BackupTask> tasks = jobs.tasks(file.jobId(), BackupTask.class);
        announce(capture, tasks);
        Map<String, List<TaskEvent>> logs = dispatch(tasks);
        if (limits.stopped().getAsBoolean()) {
            journal.append(new JobEvent.Interrupted(journal.history().epoch(), "stopped on request"));
            return report(JobState.INTERRUPTED, List.of(), List.of(), "stopped on request");
        }
        if (logs.values().stream().allMatch(log -> TaskStanding.of(log) instanceof TaskStanding.Succeeded)) {
            listener.allMoved();
        }
        return conclude(capture, new ManifestAssembly(capture.source().topics(), tasks, logs));
    }

    private void announce(Capture capture, List<BackupTask> tasks) {
        long offsets = tasks.stream().mapToLong(BackupTask::weight).sum();
        listener.said(String.format(
                Locale.ROOT,
                "Backing up %,d partition%s, at most %,d records",
                capture.partitions(),
                capture.partitions() == 1 ? "" : "s",
                offsets));
        listener.expected(offsets, 0);
    }

    private Map<String, List<TaskEvent>> dispatch(List<BackupTask> tasks) throws InterruptedException {
        return new Dispatch(
                        file.jobId(), jobs, limits.workers(), limits.time(), limits.tasksAtATime(), limits.stopped())
                .run(tasks, listener);
    }

    private BackupJobReport conclude(Capture capture, ManifestAssembly parts) {
        List<Failure> failures = parts.failures();
        failures.forEach(failure -> listener.said("Failed: " + failure.message()));
        if (parts.nothing()) {
            return end(JobState.FAILED, capture.warnings(), failures, "nothing could be stored");
        }
        List<String> warnings = new ArrayList<>(capture.warnings());
        warnings.addAll(parts.gapWarnings());
        BackupDocuments documents = new BackupDocuments(storage, spec, capture);
        if (!documents.write(parts, warnings, limits.time().wallMillis())) {
            return end(
                    JobState.FAILED,
                    warnings,
                    failures,
                    "a manifest that is not of this job appeared meanwhile; choose another backup_id");
        }
        BackupJobReport report = new BackupJobReport(
                file.jobId(),
                spec.backupId(),
                failures.isEmpty() ? JobState.COMPLETED : JobState.COMPLETED_PARTLY,
                parts.records(),
                parts.bytes(),
                warnings,
                failures,
                failures.isEmpty()
                        ? "every partition is stored"
                        : Units.count(failures.size(), "partition") + " not stored");
        return finished(report);
    }

    private BackupJobReport end(JobState state, List<String> warnings, List<Failure> failures, String summary) {
        return finished(report(state, warnings, failures, summary));
    }

    private BackupJobReport finished(BackupJobReport report) {
        jobs.writeDocument(file.jobId(), BackupJobReport.NAME, report);
        journal.append(new JobEvent.Finished(
                report.state(), report.summary(), limits.time().wallMillis()));
        return report;
    }

    private BackupJobReport report(JobState state, List<String> warnings, List<Failure> failures, String summary) {
        return new BackupJobReport(file.jobId(), spec.backupId(), state, 0, 0, warnings, failures, summary);
    }
}
