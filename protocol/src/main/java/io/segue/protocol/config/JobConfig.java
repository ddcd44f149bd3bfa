package io.segue.protocol.config;

import io.segue.protocol.kafka.KafkaConnection;
import java.util.Optional;

/**
 * One configuration file: the peer's keys, those of the mission page, and Segue's own. Immutable and complete: every
 * default is filled in, every contradiction was refused.
 *
 * @param backupId empty for {@code mode: scan}, which is of no backup
 * @param archive {@code storage:}, where the backup is; there for every other mode
 * @param state where the durable state of jobs lives; absent: {@code segue/} in the storage of the backup
 */
public record JobConfig(
        Mode mode,
        String backupId,
        Optional<Cluster> source,
        Optional<Cluster> target,
        Optional<StorageConfig> archive,
        Optional<StorageConfig> state,
        BackupConfig backup,
        RestoreConfig restore,
        Optional<OffsetResetConfig> offsetReset) {
    /** What the file is for. */
    public enum Mode {
        BACKUP,
        RESTORE,
        /** Reads a backup to its last record, and changes nothing. */
        VALIDATE,
        /** Reads a target to its last record, and changes nothing. */
        SCAN
    }

    /**
     * Where the backup is.
     *
     * @throws IllegalStateException for a scan, which is of none
     */
    public StorageConfig storage() {
        return archive.orElseThrow(() -> new IllegalStateException("mode: scan has no storage"));
    }

    /** {@code source:} or {@code target:}. */
    public record Cluster(KafkaConnection connection, TopicFilter topics) {}
}
