package io.segue.coordinator.backup;

import io.segue.protocol.manifest.BackupReport;
import java.util.List;

/** How a backup ended. */
public sealed interface BackupResult {
    /** The manifest is written; with failures in the report some partitions are not in it. */
    record Written(BackupReport report) implements BackupResult {}

    /** It was asked to stop: no manifest, so no backup. Segments already stored are overwritten by the next try. */
    record Interrupted() implements BackupResult {}

    /** Nothing could be stored: no manifest, so no backup. */
    record Failed(List<BackupReport.Failure> failures) implements BackupResult {
        public Failed {
            failures = List.copyOf(failures);
        }
    }

    /** It may not or cannot begin; nothing was written. The reason says what to do. */
    record Refused(String reason) implements BackupResult {}
}
