package io.segue.coordinator.restore;

import io.segue.coordinator.groups.NamePattern;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.OffsetResetConfig;
import io.segue.protocol.config.OffsetResetConfig.Strategy;
import io.segue.protocol.config.RestoreConfig;
import io.segue.protocol.job.RestoreSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which groups a restore resets, and how. A job has its own mapping, proven: that is what {@code header-based} and
 * {@code from-mapping} come to in it, so whatever would make them mean something else is a contradiction. Pure: used once.
 */
final class GroupChoice {
    private final JobConfig config;
    private final BackupArchive archive;
    private final boolean reset;
    private final Set<String> names = new LinkedHashSet<>();
    private final List<String> contradictions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private GroupChoice(JobConfig config, BackupArchive archive, boolean resetGroups) {
        RestoreConfig restore = config.restore();
        this.config = config;
        this.archive = archive;
        this.reset = resetGroups || restore.resetConsumerOffsets() || restore.autoConsumerGroups();
        names.addAll(restore.consumerGroups());
        config.offsetReset().map(OffsetResetConfig::groups).ifPresent(names::addAll);
    }

    /** What came of it. */
    record Outcome(RestoreSpec.Groups groups, List<String> contradictions, List<String> notes) {}

    /** @param resetGroups whatever the switches of the file say */
    static Outcome of(JobConfig config, BackupArchive archive, boolean resetGroups) {
        return new GroupChoice(config, archive, resetGroups).choose();
    }

    private Outcome choose() {
        config.offsetReset().ifPresent(this::checkSource);
        if (reset) {
            config.offsetReset().ifPresent(this::checkMapping);
            checkSnapshot();
        } else if (!names.isEmpty()) {
            notes.add("no committed offset is touched, for restore.reset_consumer_offsets is off: " + names
                    + " stay where they are; three-phase-restore resets them, or offset-reset afterwards");
        }
        RestoreSpec.Groups groups = new RestoreSpec.Groups(
                reset,
                List.copyOf(names),
                config.restore().noAnswer(),
                config.offsetReset().flatMap(GroupChoice::position).orElse(null));
        return new Outcome(groups, contradictions, notes);
    }

    private void checkSource(OffsetResetConfig asked) {
        String known = archive.sourceClusterId();
        String wanted = asked.sourceCluster().orElse(known);
        if (asked.strategy() != Strategy.HEADER_BASED || wanted.equals(known)) {
            return;
        }
        if (known.isEmpty()) {
            notes.add("backup '" + config.backupId()
                    + "' does not say of which cluster it is: offset_reset.source_cluster " + wanted
                    + " cannot be checked");
        } else {
            contradictions.add("offset_reset.source_cluster is '" + wanted + "', but backup '" + config.backupId()
                    + "' is of cluster '" + known + "': write that id, or choose another backup");
        }
    }

    private void checkMapping(OffsetResetConfig asked) {
        asked.mappingFile()
                .ifPresent(file -> contradictions.add("offset_reset.mapping_file " + file
                        + ": a restore resets groups by the mapping that it makes itself; remove the key, or restore"
                        + " without a reset and then use offset-reset execute --mapping-file"));
        asked.topicMapping().forEach((source, target) -> {
            String restored = config.restore().topicMapping().getOrDefault(source, source);
            if (archive.manifest().topic(source).isPresent() && !restored.equals(target)) {
                contradictions.add("offset_reset.topic_mapping maps " + source + " to " + target
                        + ", but it is restored to " + restored + ": write restore.topic_mapping." + source + ": "
                        + target);
            }
        });
    }

    private void checkSnapshot() {
        Optional<SourceCommits> known = SourceCommits.of(archive.source(), archive.groups());
        if (known.isEmpty()) {
            contradictions.add("backup '" + config.backupId()
                    + "' holds no group snapshot, so no group can be reset: take the backup with"
                    + " consumer_group_snapshot: true, or use restore with reset_consumer_offsets: false and then"
                    + " offset-reset");
            return;
        }
        Set<String> groups = known.get().groups().keySet();
        if (groups.isEmpty() && names.isEmpty()) {
            notes.add("the backup knows no group with committed offsets: there is nothing to reset");
        }
        for (String name : names) {
            if (groups.stream().noneMatch(new NamePattern(name)::matches)) {
                notes.add("the backup knows no group '" + name + "', so it cannot be reset; it knows " + some(groups));
            }
        }
    }

    private static String some(Set<String> groups) {
        List<String> first = groups.stream().sorted().limit(10).toList();
        return first.size() == groups.size() ? first.toString() : first + " and " + (groups.size() - 10) + " more";
    }

    private static Optional<RestoreSpec.Chosen> position(OffsetResetConfig asked) {
        Strategy strategy = asked.strategy();
        return switch (strategy) {
            case HEADER_BASED, FROM_MAPPING -> Optional.empty();
            case TIMESTAMP ->
                Optional.of(new RestoreSpec.Chosen(
                        strategy.word(), asked.timestamp().orElse(null)));
            case OFFSET ->
                Optional.of(
                        new RestoreSpec.Chosen(strategy.word(), asked.offset().orElse(null)));
            case EARLIEST, LATEST -> Optional.of(new RestoreSpec.Chosen(strategy.word(), null));
        };
    }
}
