package io.segue.coordinator.check;

import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.ValidationSpec;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.store.ObjectStore;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Plans, creates and opens validation jobs. */
public final class CheckJobs {
    private final JobStore jobs;
    private final ObjectStore storage;
    private final JobListener listener;
    private final RunLimits limits;

    /**
     * {@code shallow.json}: what was found before any segment was read.
     *
     * @param missing keys of segments that are not there
     */
    record Shallow(int version, List<Finding> findings, Set<String> missing) {
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
     * @param backupId where the manifest stands, whatever it says itself
     */
    public void create(String jobId, long createdAt, String backupId, Manifest manifest) {
        ManifestCheck.Result now = ManifestCheck.check(storage, backupId, manifest);
        Shallow found = new Shallow(1, now.findings(), new TreeSet<>(now.missing()));
        Shallow shallow = jobs.writeDocumentOnce(jobId, Shallow.NAME, found)
                ? found
                : jobs.readDocument(jobId, Shallow.NAME, Shallow.class).orElseThrow();
        ValidationSpec spec = new ValidationSpec(backupId, BackupArchive.sha256(manifest));
        if (!jobs.create(new JobFile(jobId, createdAt, spec), CheckPlan.tasks(manifest, shallow.missing()))) {
            throw new IllegalStateException("there is another job " + jobId);
        }
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
        requireSame(file);
        return job(
                file,
                JobJournal.open(jobs.journal(jobId), process, limits.time().wallMillis()));
    }

    /**
     * A job that was taken over already.
     *
     * @throws JobRefusedException if the backup is not any more what the job began to read
     */
    public CheckJob open(JobFile file, JobJournal journal) {
        requireSame(file);
        return job(file, journal);
    }

    private CheckJob job(JobFile file, JobJournal journal) {
        return new CheckJob(file.jobId(), jobs, journal, listener, limits);
    }

    private void requireSame(JobFile file) {
        ValidationSpec spec = file.as(ValidationSpec.class);
        Manifest manifest = ManifestJson.load(storage, spec.backupId());
        if (!spec.manifestSha256().equals(BackupArchive.sha256(manifest))) {
            throw new JobRefusedException("the manifest of backup '" + spec.backupId() + "' has changed since job "
                    + file.jobId() + " began; validate it anew");
        }
    }
}
