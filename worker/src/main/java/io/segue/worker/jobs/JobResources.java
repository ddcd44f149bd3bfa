package io.segue.worker.jobs;

import io.segue.protocol.job.DeliveryChoice;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.store.ObjectStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one job share: its clusters with this process's secrets, the storage of its backup, and its
 * specification, read once because it is immutable. Used by many threads.
 */
public final class JobResources {
    private final String jobId;
    private final JobStore jobs;
    private final JobAccess access;
    private final Optional<ObjectStore> storage;
    private @Nullable JobFile file;
    private @Nullable DeliveryChoice delivery;

    JobResources(String jobId, JobStore jobs, JobAccess access, Optional<ObjectStore> storage) {
        this.jobId = jobId;
        this.jobs = jobs;
        this.access = access;
        this.storage = storage;
    }

    public String jobId() {
        return jobId;
    }

    /** Where jobs are kept, this one and those that it is about. */
    public JobStore jobs() {
        return jobs;
    }

    /** The cluster that is backed up. */
    public KafkaConnection source() {
        return there(access.source(), "source");
    }

    /** The cluster that is restored to or scanned. */
    public KafkaConnection target() {
        return there(access.target(), "target");
    }

    /** The storage of the backup; closed by its owner. */
    public ObjectStore storage() {
        return there(storage, "storage");
    }

    private <T> T there(Optional<T> part, String name) {
        return part.orElseThrow(() -> new IllegalStateException("the configuration of " + jobId + " names no " + name));
    }

    void close() {
        storage.ifPresent(ObjectStore::close);
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

    /** How records get to the target; it was chosen before the first attempt was granted. A topic for transactions may be new. */
    public synchronized DeliveryChoice delivery() {
        DeliveryChoice known = delivery;
        if (known == null) {
            known = jobs.readDocument(jobId, DeliveryChoice.NAME, DeliveryChoice.class)
                    .orElse(DeliveryChoice.FENCED);
            delivery = known.journal() == null ? known : null;
        }
        return known;
    }
}
