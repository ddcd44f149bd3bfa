package io.segue.cli.groups;

import io.segue.coordinator.groups.NamePattern;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.preflight.Finding;
import io.segue.coordinator.preflight.Preflight;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.OffsetResetConfig;
import io.segue.protocol.config.OffsetResetConfig.Strategy;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.segment.DamagedSegmentException;
import io.segue.protocol.segment.SegmentLimits;
import io.segue.protocol.segment.SegmentReader;
import io.segue.protocol.segment.StoredSegment;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mission page's troubleshooting checklist, answered from the configuration, the backup and the target. */
final class Checklist {
    private static final long SAMPLE = 64L << 20;
    private static final Set<String> HEADERS = Set.of("x-original-offset", "x-kafka-backup-offset");

    private final JobConfig config;
    private final BackupArchive archive;
    private final ObjectStore store;
    private final KafkaCluster target;

    Checklist(JobConfig config, BackupArchive archive, ObjectStore store, KafkaCluster target) {
        this.config = config;
        this.archive = archive;
        this.store = store;
        this.target = target;
    }

    private Optional<OffsetResetConfig> section() {
        return config.offsetReset();
    }

    private boolean headerBased() {
        return section()
                .filter(found -> found.strategy() == Strategy.HEADER_BASED)
                .isPresent();
    }

    /** Its six questions, in its order, and what it forgets to ask. */
    List<Finding> findings(RestoreSpec spec) {
        Optional<SourceCommits> commits = archive.forPreflight().commits();
        List<Finding> groups =
                new Preflight(target, Time.system().wallMillis()).groups(spec, commits.orElse(SourceCommits.NONE));
        return List.of(
                headers(),
                cluster(),
                groups.get(0),
                strategy(),
                partitions(changed(spec)),
                mappings(),
                known(spec, commits),
                groups.get(1));
    }

    private Finding known(RestoreSpec spec, Optional<SourceCommits> commits) {
        String question = "Does the backup know the groups?";
        String take = "kafka-backup snapshot-groups --config BACKUP.yaml, while the source is there";
        if (commits.isEmpty()) {
            return Finding.fail(
                    question, "backup '" + spec.backupId() + "' holds no committed offsets of any group", take);
        }
        Set<String> groups = commits.get().groups().keySet();
        List<String> unknown = spec.groups().names().stream()
                .filter(name -> groups.stream().noneMatch(new NamePattern(name)::matches))
                .toList();
        return unknown.isEmpty()
                ? Finding.ok(question, commits.get().origin() + " has " + groups.size() + ", and all that are named")
                : Finding.warn(
                        question,
                        commits.get().origin() + " lacks " + String.join(", ", unknown),
                        "correct the names under consumer_groups, or " + take);
    }

    private Finding headers() {
        String question = "Was the backup created with offset headers?";
        Optional<Boolean> there = sample();
        String sample = there.map(found -> found ? "its first record has them" : "its first record has none")
                .orElse("it holds no record that could be looked at");
        if (config.restore().offsetHeaders()) {
            return Finding.ok(question, sample + "; the restore adds x-kafka-backup-* to every record");
        }
        if (there.orElse(false)) {
            return Finding.ok(question, sample);
        }
        return headerBased()
                ? Finding.warn(
                        question,
                        sample + ", the restore adds none, and strategy header-based reads them",
                        "restore: {include_original_offset_header: true}, or offset_reset: {strategy: from-mapping}")
                : Finding.ok(question, sample + "; not needed, a restore records its own mapping");
    }

    /** Whether the first record of the first segment that is small enough to fetch has them; empty: not known. */
    private Optional<Boolean> sample() {
        Optional<Manifest.Segment> first = archive.manifest().topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .flatMap(partition -> partition.segments().stream())
                .filter(segment -> segment.compressedSize() <= SAMPLE)
                .findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String key = first.get().key();
        try (SegmentReader reader =
                SegmentReader.open(key, StoredSegment.of(store.read(key, SAMPLE)), SegmentLimits.DEFAULT)) {
            return Optional.ofNullable(reader.next())
                    .map(record -> record.headers().stream().anyMatch(header -> HEADERS.contains(header.key())));
        } catch (StoreException | DamagedSegmentException e) {
            return Optional.empty();
        }
    }

    private Finding cluster() {
        String question = "Is source_cluster correctly specified?";
        String backedUp = archive.sourceClusterId();
        Optional<String> named = section().flatMap(OffsetResetConfig::sourceCluster);
        if (named.isEmpty()) {
            return Finding.ok(
                    question, "none is named; the backup says " + (backedUp.isEmpty() ? "nothing" : backedUp));
        }
        return backedUp.isEmpty() || named.get().equals(backedUp)
                ? Finding.ok(question, named.get() + (backedUp.isEmpty() ? "; the backup does not say" : ""))
                : Finding.fail(
                        question,
                        "offset_reset.source_cluster is " + named.get() + ", the backup is of " + backedUp,
                        "offset_reset: {source_cluster: \"" + backedUp + "\"}");
    }

    private Finding strategy() {
        String question = "Is the correct strategy being used?";
        Strategy chosen = section().map(OffsetResetConfig::strategy).orElse(Strategy.FROM_MAPPING);
        return switch (chosen) {
            case FROM_MAPPING, HEADER_BASED ->
                Finding.ok(question, chosen.word() + " brings each group to the exact record");
            default ->
                Finding.warn(
                        question,
                        chosen.word() + " ignores where each group was: it reads again, or skips",
                        "offset_reset: {strategy: from-mapping}");
        };
    }

    private List<String> changed(RestoreSpec spec) {
        List<String> changed = new ArrayList<>();
        Map<String, Topic> topics = target.topics(archive.manifest().topics().stream()
                .map(topic -> target(spec, topic.name()))
                .toList());
        for (Manifest.Topic topic : archive.manifest().topics()) {
            @Nullable Topic there = topics.get(target(spec, topic.name()));
            if (there != null && there.partitions() != topic.partitionCount()) {
                changed.add(topic.name() + " (" + topic.partitionCount() + " → " + there.partitions() + ")");
            }
        }
        return changed;
    }

    private static String target(RestoreSpec spec, String source) {
        return spec.selected().topicMapping().getOrDefault(source, source);
    }

    private Finding partitions(List<String> changed) {
        String question = "For partition changes, is scan_all_partitions enabled?";
        if (changed.isEmpty()) {
            return Finding.ok(question, "no topic that exists on the target has another number");
        }
        String which = String.join(", ", changed);
        if (!headerBased()) {
            return Finding.warn(
                    question,
                    which + "; without headers positions are the lowest that skip nothing",
                    "see what is read again: kafka-backup offset-reset plan --config FILE");
        }
        return section().filter(OffsetResetConfig::scanAllPartitions).isPresent()
                ? Finding.ok(question, "it is, for " + which)
                : Finding.fail(question, "it is not, for " + which, "offset_reset: {scan_all_partitions: true}");
    }

    private Finding mappings() {
        String question = "Are topic mappings consistent between restore and offset reset?";
        Map<String, String> restored = config.restore().topicMapping();
        List<String> other = new ArrayList<>();
        section().map(OffsetResetConfig::topicMapping).orElse(Map.of()).forEach((source, target) -> {
            String there = restored.getOrDefault(source, source);
            if (!there.equals(target)) {
                other.add(source + " is restored to " + there + ", reset on " + target);
            }
        });
        return other.isEmpty()
                ? Finding.ok(question, restored.isEmpty() ? "nothing is renamed" : "yes: " + restored)
                : Finding.fail(
                        question, String.join("; ", other), "write the same in both, or only in restore.topic_mapping");
    }
}
