package io.segue.coordinator.backup;

import io.segue.protocol.job.BackupSpec;
import io.segue.protocol.job.BackupTask;
import java.util.List;

/** What a backup will do. */
public record BackupPlan(BackupSpec spec, Capture capture, List<BackupTask> tasks) {
    public BackupPlan {
        tasks = List.copyOf(tasks);
    }

    /** What planning came to. */
    public sealed interface Outcome {
        record Planned(BackupPlan plan) implements Outcome {}

        /** Nothing was written. The reason says what to do. */
        record Refused(String reason) implements Outcome {}
    }
}
