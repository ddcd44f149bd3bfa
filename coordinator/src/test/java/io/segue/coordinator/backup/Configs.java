package io.segue.coordinator.backup;

import io.segue.protocol.config.BackupConfig;
import io.segue.protocol.segment.SegmentCompression;
import java.util.List;
import java.util.Optional;

/** Backup configurations as tests need them. */
final class Configs {
    private Configs() {}

    static BackupConfig backup(int atOnce, boolean groups) {
        return backup(atOnce, groups, false, List.of());
    }

    static BackupConfig backup(int atOnce, boolean groups, boolean internal, List<String> internalTopics) {
        return new BackupConfig(
                1 << 20,
                Optional.empty(),
                SegmentCompression.ZSTD,
                3,
                false,
                Optional.empty(),
                atOnce,
                groups,
                internal,
                internalTopics);
    }
}
