package io.segue.cli.backup;

import io.segue.coordinator.backup.BackupJobReport;

/** What the command came to. */
sealed interface BackupOutcome {
    /** Nothing was written. */
    record Refused(String reason) implements BackupOutcome {}

    record Ran(BackupJobReport report) implements BackupOutcome {}
}
