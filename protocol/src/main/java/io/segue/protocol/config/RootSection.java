package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.Values;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The top level of the file. */
final class RootSection {
    static final Key<JobConfig.Mode> MODE = Key.of("mode", Types.words(JobConfig.Mode.class), "What the file is for.")
            .required();
    static final Key<String> BACKUP_ID = Key.of(
            "backup_id",
            NameTypes.backupId(),
            "Name of the backup: the first element of all its keys in the storage. Required, except for `mode: scan`.");
    static final Key<StorageConfig> STORAGE =
            Key.of("storage", StorageSection.type(), "Where the backup is. Required, except for `mode: scan`.");
    static final Key<StorageConfig> STATE = Key.of(
            "state",
            StorageSection.type(),
            "Where the durable state of jobs is; takes the keys of `storage`. Absent: `segue/` in the storage.");
    static final Key<BackupConfig> BACKUP = Key.of("backup", Types.section(BackupSection.SECTION), "How to back up.")
            .or(BackupSection.SECTION.whenAbsent(), "all defaults");
    static final Key<RestoreConfig> RESTORE = Key.of(
                    "restore", Types.section(RestoreSection.SECTION), "How to restore.")
            .or(RestoreSection.SECTION.whenAbsent(), "all defaults");
    static final Key<OffsetResetConfig> OFFSET_RESET = Key.of(
            "offset_reset",
            Types.section(OffsetResetSection.SECTION),
            "How consumer groups are brought to the target.");
    static final Key<Map<String, Object>> OFFSET_STORAGE = Key.of(
                    "offset_storage",
                    Types.section(PeerSections.OFFSET_STORAGE),
                    "The peer's local database of what is backed up already.")
            .withoutEffect("every backup is complete; incremental backups are not built yet");
    static final Key<Map<String, Object>> METRICS = Key.of(
                    "metrics", Types.section(PeerSections.METRICS), "The peer's metrics server.")
            .withoutEffect("there is no metrics server yet");
    static final Key<Object> LOGGING =
            Key.of("logging", Types.anything(), "Accepted and not used, as with the peer: use `-v`.");
    static final Key<Object> SCHEDULE = Key.of("schedule", Types.anything(), "In the peer's documentation only.")
            .withoutEffect("start the command from a scheduler of your own");
    static final Key<Object> CIRCUIT_BREAKER = Key.of(
                    "circuit_breaker", Types.anything(), "In the peer's documentation only.")
            .withoutEffect("retries and their limits are built in");
    static final Key<Object> ENTERPRISE = Key.of("enterprise", Types.anything(), "The peer's closed edition.")
            .refused("encryption and registries of the closed edition would silently be left out");

    private final Key<JobConfig.Cluster> source;
    private final Key<JobConfig.Cluster> target;

    RootSection(LocalFiles files) {
        source = Key.of(
                "source",
                Types.section(ClusterSection.section(files, TopicsSection.OF_SOURCE)),
                "The cluster that is backed up; required for `mode: backup`.");
        target = Key.of(
                "target",
                Types.section(ClusterSection.section(files, TopicsSection.OF_TARGET)),
                "The cluster that is restored to; required for `mode: restore` and `mode: scan`.");
    }

    Section<JobConfig> section() {
        List<Key<?>> keys = List.of(
                MODE,
                BACKUP_ID,
                source,
                target,
                STORAGE,
                STATE,
                BACKUP,
                RESTORE,
                OFFSET_RESET,
                OFFSET_STORAGE,
                METRICS,
                LOGGING,
                SCHEDULE,
                CIRCUIT_BREAKER,
                ENTERPRISE);
        return new Section<>(keys, this::check, this::build);
    }

    private void check(Values values) {
        Optional<JobConfig.Mode> mode = values.find(MODE);
        if (mode.filter(JobConfig.Mode.SCAN::equals).isEmpty()) {
            needed(values, BACKUP_ID);
            needed(values, STORAGE);
        }
        needed(values, mode, JobConfig.Mode.BACKUP, source);
        needed(values, mode, JobConfig.Mode.RESTORE, target);
        needed(values, mode, JobConfig.Mode.SCAN, target);
        values.find(OFFSET_RESET).ifPresent(reset -> checkTopicMappings(values, reset));
    }

    private static void needed(Values values, Key<?> key) {
        if (!values.written(key)) {
            values.error(
                    key,
                    "is required and missing",
                    "add " + key.name() + ": " + key.type().describe());
        }
    }

    private static void needed(
            Values values, Optional<JobConfig.Mode> mode, JobConfig.Mode needing, Key<JobConfig.Cluster> cluster) {
        if (mode.filter(needing::equals).isPresent() && !values.written(cluster)) {
            String word = needing.name().toLowerCase(Locale.ROOT);
            values.error(
                    cluster,
                    "is required by mode: " + word + " and missing",
                    "add " + cluster.name() + ": with bootstrap_servers");
        }
    }

    private static void checkTopicMappings(Values values, OffsetResetConfig reset) {
        Map<String, String> restored = values.get(RESTORE).topicMapping();
        reset.topicMapping().forEach((topic, target) -> {
            String elsewhere = restored.getOrDefault(topic, target);
            if (!elsewhere.equals(target)) {
                values.error(
                        OFFSET_RESET,
                        "topic_mapping maps " + topic + " to " + target + ", restore.topic_mapping to " + elsewhere,
                        "write the same target topic in both");
            }
        });
    }

    private JobConfig build(Values values) {
        return new JobConfig(
                values.get(MODE),
                values.find(BACKUP_ID).orElse(""),
                values.find(source),
                values.find(target),
                values.find(STORAGE),
                values.find(STATE),
                values.get(BACKUP),
                values.get(RESTORE),
                values.find(OFFSET_RESET));
    }
}
