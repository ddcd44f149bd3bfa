package io.segue.protocol.manifest;

import java.util.List;

/**
 * How a backup ended, stored beside its manifest as {@code {backup_id}/segue-backup.json}: a manifest alone cannot tell a
 * partition that failed from one that was empty.
 *
 * @param finishedAt epoch milliseconds
 * @param records stored
 * @param bytes of the stored segments
 * @param warnings one sentence each
 */
public record BackupReport(
        String backupId, long finishedAt, long records, long bytes, List<String> warnings, List<Failure> failures) {
    public BackupReport {
        warnings = List.copyOf(warnings);
        failures = List.copyOf(failures);
    }

    /** A partition that is not in the backup. */
    public record Failure(String topic, int partition, String message) {}

    public static String key(String backupId) {
        return backupId + "/segue-backup.json";
    }

    /** True if every partition was stored. */
    public boolean complete() {
        return failures.isEmpty();
    }
}
