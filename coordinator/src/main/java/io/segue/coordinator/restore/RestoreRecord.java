package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.mapping.MappingDocument;
import java.util.List;
import java.util.Optional;

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

    /** The newest restore into a cluster that has come to its mapping. */
    public static Optional<RestoreRecord> newest(JobStore jobs, String targetClusterId) {
        List<String> ids = jobs.ids();
        for (int i = ids.size() - 1; i >= 0; i--) {
            Optional<RestoreRecord> found = read(jobs, ids.get(i))
                    .filter(record -> record.spec().targetClusterId().equals(targetClusterId));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** By source partition, with the manifest of the backup that was restored. */
    public RestoredPartitions restored(BackupArchive archive) {
        return RestoredPartitions.of(spec, archive.manifest(), mapping.mappings(), verdicts);
    }
}
