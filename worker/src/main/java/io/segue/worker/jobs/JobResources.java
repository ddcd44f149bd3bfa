package io.segue.worker.jobs;

import io.segue.protocol.config.JobConfig;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one job share: its configuration with this process's secrets, the storage that it names, and its
 * specification, read once because it is immutable. Used by many threads.
 */
public final class JobResources {
    private final String jobId;
    private final JobStore jobs;
    private final JobConfig config;
    private final ObjectStore storage;
    private @Nullable JobFile file;

    JobResources(String jobId, JobStore jobs, JobConfig config, ObjectStore storage) {
        this.jobId = jobId;
        this.jobs = jobs;
        this.config = config;
        this.storage = storage;
    }

    public String jobId() {
        return jobId;
    }

    public JobConfig config() {
        return config;
    }

    /** The storage of the backup; closed by its owner. */
    public ObjectStore storage() {
        return storage;
    }

    /**
     * The job's specification.
     *
     * @throws IllegalStateException if the store has none
     */
    public synchronized JobFile file() {
        JobFile known = file;
        if (known == null) {
            known = jobs.find(jobId).orElseThrow(() -> new IllegalStateException("the job store has no job " + jobId));
            file = known;
        }
        return known;
    }
}
