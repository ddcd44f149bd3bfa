package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.jobs.JobHistory;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import java.util.List;
import java.util.Optional;

/**
 * The audit of a restore as it was when the job last came to it.
 *
 * @param state of the job
 * @param partitions what was found of each
 */
public record RestoreAudit(String jobId, JobState state, List<Verdict> partitions) {
    public RestoreAudit {
        partitions = List.copyOf(partitions);
    }

    /** Empty if the job has not come to its audit yet. */
    public static Optional<RestoreAudit> read(JobStore jobs, String jobId) {
        return jobs.readDocument(jobId, AuditPhase.NAME, AuditPhase.AuditFile.class)
                .map(audit -> new RestoreAudit(
                        jobId, JobHistory.of(jobs.journal(jobId).events()).state(), audit.partitions()));
    }

    public long proven() {
        return partitions.stream().filter(Verdict::proven).count();
    }

    /** How the audit alone would end a job: {@code COMPLETED}, {@code COMPLETED_PARTLY} or {@code FAILED}. */
    public JobState outcome() {
        if (proven() == partitions.size()) {
            return JobState.COMPLETED;
        }
        return proven() == 0 ? JobState.FAILED : JobState.COMPLETED_PARTLY;
    }
}
