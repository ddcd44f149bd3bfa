package io.segue.worker.backup;

import io.segue.protocol.config.BackupConfig;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRotation;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How partitions are backed up.
 *
 * @param spool existing local directory for segments before they are stored
 * @param stalledAfter a partition that yields nothing for so long has failed
 */
public record BackupSettings(
        String backupId,
        SegmentRotation rotation,
        SegmentCompression compression,
        int compressionLevel,
        OffsetHeaders headers,
        Path spool,
        Duration stalledAfter) {
    private static final Duration STALLED = Duration.ofMinutes(2);

    /** @param clusterId of the source, for {@code x-source-cluster} where the configuration names none */
    public static BackupSettings of(String backupId, BackupConfig config, String clusterId, Path spool) {
        return new BackupSettings(
                backupId,
                new SegmentRotation(
                        config.segmentMaxBytes(), config.segmentMaxRecords().orElse(Long.MAX_VALUE)),
                config.compression(),
                config.compressionLevel(),
                config.includeOffsetHeaders()
                        ? OffsetHeaders.of(config.sourceClusterId().orElse(clusterId))
                        : OffsetHeaders.NONE,
                spool,
                STALLED);
    }
}
