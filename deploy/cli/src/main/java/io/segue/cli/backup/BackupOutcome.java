package io.segue.cli.backup;

import io.segue.coordinator.backup.BackupJobReport;
import io.segue.coordinator.backup.BackupPlan;

/** What the command came to. */
sealed interface BackupOutcome {
    /** Nothing was written. */
    record Refused(String reason) implements BackupOutcome {}

    /** What would be read; nothing was written. */
    record Shown(BackupPlan plan) implements BackupOutcome {}

    record Ran(BackupJobReport report) implements BackupOutcome {}
}
