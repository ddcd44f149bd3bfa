package io.segue.coordinator.backup;

import io.segue.protocol.job.JobState;
import io.segue.protocol.manifest.BackupReport.Failure;
import java.util.List;

/**
 * What became of a backup job: its {@code report.json}.
 *
 * @param state without a manifest there is no backup: neither {@code INTERRUPTED} nor {@code FAILED} leaves one
 * @param records stored
 * @param bytes of the stored segments
 * @param failures partitions that are not in the backup
 * @param summary one sentence
 */
public record BackupJobReport(
        String jobId,
        String backupId,
        JobState state,
        long records,
        long bytes,
        List<String> warnings,
        List<Failure> failures,
        String summary) {
    static final String NAME = "report.json";

    public BackupJobReport {
        warnings = List.copyOf(warnings);
        failures = List.copyOf(failures);
    }
}
