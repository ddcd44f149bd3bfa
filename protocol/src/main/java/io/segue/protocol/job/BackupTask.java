package io.segue.protocol.job;

import io.segue.protocol.backup.PartitionRange;

/** A stretch of a source partition that goes into segments. */
public record BackupTask(String id, PartitionRange range) implements JobTask {
    /** Offsets stand in for bytes, which nobody knows before they are read. */
    @Override
    public long weight() {
        return range.offsets();
    }
}
