package io.segue.protocol.config;

import io.segue.protocol.kafka.KafkaConnection;
import java.util.Optional;

/**
 * One configuration file: the peer's keys, those of the mission page, and Segue's own. Immutable and complete: every
 * default is filled in, every contradiction was refused.
 *
 * @param state where the durable state of jobs lives; absent: {@code segue/} in the storage of the backup
 */
public record JobConfig(
        Mode mode,
        String backupId,
        Optional<Cluster> source,
        Optional<Cluster> target,
        StorageConfig storage,
        Optional<StorageConfig> state,
        BackupConfig backup,
        RestoreConfig restore,
        Optional<OffsetResetConfig> offsetReset) {
    /** What the file is for. */
    public enum Mode {
        BACKUP,
        RESTORE
    }

    /** {@code source:} or {@code target:}. */
    public record Cluster(KafkaConnection connection, TopicFilter topics) {}
}
