package io.segue.coordinator.check;

import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.ValidationSpec;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.store.ObjectStore;
import java.util.List;

/** Plans, creates and opens validation jobs. */
public final class CheckJobs {
    private final JobStore jobs;
    private final ObjectStore storage;
    private final JobListener listener;
    private final RunLimits limits;

    /** {@code shallow.json}: what was found before any segment was read. */
    record Shallow(int version, List<Finding> findings) {
        static final String NAME = "shallow.json";
    }

    /** @param storage of the backup */
    public CheckJobs(JobStore jobs, ObjectStore storage, JobListener listener, RunLimits limits) {
        this.jobs = jobs;
        this.storage = storage;
        this.listener = listener;
        this.limits = limits;
    }

    /**
     * Stores a new job that reads a whole backup.
     *
     * @param createdAt epoch milliseconds
     */
    public void create(String jobId, long createdAt, Manifest manifest) {
        ManifestCheck.Result shallow = ManifestCheck.check(storage, manifest);
        jobs.writeDocument(jobId, Shallow.NAME, new Shallow(1, shallow.findings()));
        jobs.create(
                new JobFile(jobId, createdAt, new ValidationSpec(manifest.backupId(), BackupArchive.sha256(manifest))),
                CheckPlan.tasks(manifest, shallow.missing()));
    }

    /**
     * Takes a job over, new or interrupted.
     *
     * @param process who opens it, for people
     * @throws JobRefusedException if there is no such job, or the backup is not any more what the job began to read
     */
    public CheckJob open(String jobId, String process) {
        JobFile file = jobs.find(jobId)
                .orElseThrow(() -> new JobRefusedException(
                        "there is no job '" + jobId + "' in " + jobs.describe() + "; jobs there: " + jobs.ids()));
        ValidationSpec spec = file.as(ValidationSpec.class);
        Manifest manifest = ManifestJson.load(storage, spec.backupId());
        if (!spec.manifestSha256().equals(BackupArchive.sha256(manifest))) {
            throw new JobRefusedException("the manifest of backup '" + spec.backupId() + "' has changed since job "
                    + jobId + " began; validate it anew");
        }
        JobJournal journal =
                JobJournal.open(jobs.journal(jobId), process, limits.time().wallMillis());
        return new CheckJob(jobId, jobs, journal, listener, limits);
    }
}
