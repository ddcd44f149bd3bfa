package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.mapping.MappingDocument;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a restore job leaves for those who come later: what it was asked, what it proved, and where everything stands.
 *
 * @param verdicts of every partition
 */
public record RestoreRecord(String jobId, RestoreSpec spec, MappingDocument mapping, List<Verdict> verdicts) {
    public RestoreRecord {
        verdicts = List.copyOf(verdicts);
    }

    /** Empty if there is no such job, or it has not come to its mapping yet. */
    public static Optional<RestoreRecord> read(JobStore jobs, String jobId) {
        Optional<RestoreSpec> spec = jobs.find(jobId)
                .flatMap(file -> file.spec() instanceof RestoreSpec restore ? Optional.of(restore) : Optional.empty());
        Optional<AuditPhase.AuditFile> audit = jobs.readDocument(jobId, AuditPhase.NAME, AuditPhase.AuditFile.class);
        if (spec.isEmpty() || audit.isEmpty()) {
            return Optional.empty();
        }
        return jobs.readMapping(jobId)
                .map(mapping -> new RestoreRecord(
                        jobId, spec.get(), mapping, audit.get().partitions()));
    }

    /**
     * The newest restore into a cluster that has come to its mapping.
     *
     * @param topics of the target, at least one of them; empty: any
     */
    public static Optional<RestoreRecord> newest(JobStore jobs, String targetClusterId, Set<String> topics) {
        return jobs.ids().stream()
                .flatMap(id -> jobs.find(id).stream())
                .filter(file -> into(jobs, file, targetClusterId, topics))
                .sorted(Comparator.comparingLong(JobFile::createdAt).reversed())
                .flatMap(file -> read(jobs, file.jobId()).stream())
                .findFirst();
    }

    /** Whether a job is a restore into a cluster and into one of some topics; no topics: any. */
    static boolean into(JobStore jobs, JobFile file, String targetClusterId, Set<String> topics) {
        return file.spec() instanceof RestoreSpec spec
                && spec.targetClusterId().equals(targetClusterId)
                && (topics.isEmpty() || topics(jobs, file.jobId()).anyMatch(topics::contains));
    }

    private static Stream<String> topics(JobStore jobs, String jobId) {
        return jobs.readDocument(jobId, RestoreJob.TopicPlans.NAME, RestoreJob.TopicPlans.class).stream()
                .flatMap(plans -> plans.topics().stream())
                .map(RestorePlan.TopicPlan::topic);
    }

    /** By source partition, with the manifest of the backup that was restored. */
    public RestoredPartitions restored(BackupArchive archive) {
        return RestoredPartitions.of(spec, archive.manifest(), mapping.mappings(), verdicts);
    }
}
