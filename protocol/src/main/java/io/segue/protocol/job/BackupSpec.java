package io.segue.protocol.job;

import io.segue.protocol.segment.SegmentCompression;
import org.jspecify.annotations.Nullable;

/**
 * What a backup job was asked to do. Which partitions, and up to where, its plan says.
 *
 * @param sourceClusterId id of the source cluster: the only one that it reads
 * @param groups true: the committed offsets of the groups are part of the backup
 */
public record BackupSpec(String backupId, String sourceClusterId, Segments segments, boolean groups)
        implements JobSpec {
    @Override
    public JobKind kind() {
        return JobKind.BACKUP;
    }

    /**
     * The form of the segments.
     *
     * @param maxBytes of record stream, at which a segment is closed
     * @param maxRecords at which a segment is closed; null: at no count
     * @param headerCluster name of the cluster in the peer's offset headers; null: records get no such headers
     */
    public record Segments(
            long maxBytes,
            @Nullable Long maxRecords,
            SegmentCompression compression,
            int compressionLevel,
            @Nullable String headerCluster) {}
}
