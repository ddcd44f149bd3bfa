package io.segue.cli.groups;

import io.segue.coordinator.preflight.Finding;
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
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.StoredSegment;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page's troubleshooting checklist, answered from the configuration, the backup and the target. */
final class ResetAdvice {
    private static final long SAMPLE = 64L << 20;

    private final JobConfig config;
    private final BackupArchive archive;
    private final ObjectStore store;
    private final KafkaCluster target;

    ResetAdvice(JobConfig config, BackupArchive archive, ObjectStore store, KafkaCluster target) {
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

    List<Finding> findings(RestoreSpec spec) {
        List<String> changed = changed(spec);
        return List.of(headers(), cluster(), strategy(), partitions(changed), mappings());
    }

    private Finding headers() {
        String question = "Do the records carry offset headers?";
        String sample = sample();
        if (config.restore().offsetHeaders()) {
            return Finding.ok(
                    question, "the restore adds x-kafka-backup-* to every record (in the backup: " + sample + ")");
        }
        return headerBased()
                ? Finding.warn(
                        question,
                        "in the backup: " + sample + "; the restore adds none, and strategy header-based reads them",
                        "restore: {include_original_offset_header: true}, or offset_reset: {strategy: from-mapping}")
                : Finding.ok(
                        question, "in the backup: " + sample + "; not needed, the restore records its own mapping");
    }

    /** Of the first record of the first segment that is small enough to fetch. */
    private String sample() {
        Optional<Manifest.Segment> first = archive.manifest().topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .flatMap(partition -> partition.segments().stream())
                .filter(segment -> segment.compressedSize() <= SAMPLE)
                .findFirst();
        if (first.isEmpty()) {
            return "nothing to look at";
        }
        String key = first.get().key();
        try (SegmentReader reader =
                SegmentReader.open(key, StoredSegment.of(store.read(key, SAMPLE)), SegmentLimits.DEFAULT)) {
            SegmentRecord record = reader.next();
            boolean there = record != null
                    && record.headers().stream()
                            .anyMatch(header -> header.key().equals("x-original-offset")
                                    || header.key().equals("x-kafka-backup-offset"));
            return there ? "present in " + key : "none in " + key;
        } catch (StoreException | DamagedSegmentException e) {
            return key + " cannot be read (" + e.getMessage() + ")";
        }
    }

    private Finding cluster() {
        String question = "Is source_cluster the cluster that was backed up?";
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
        String question = "Does the strategy fit?";
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
        String question = "Has the number of partitions changed?";
        if (changed.isEmpty()) {
            return Finding.ok(question, "no topic that exists on the target has another number");
        }
        boolean scans = section().filter(OffsetResetConfig::scanAllPartitions).isPresent();
        return headerBased() && !scans
                ? Finding.fail(question, String.join(", ", changed), "offset_reset: {scan_all_partitions: true}")
                : Finding.warn(question, String.join(", ", changed), "review 'kafka-backup offset-reset plan' first");
    }

    private Finding mappings() {
        String question = "Do restore and reset rename topics alike?";
        Map<String, String> restored = config.restore().topicMapping();
        Map<String, String> reset =
                section().map(OffsetResetConfig::topicMapping).orElse(Map.of());
        return reset.isEmpty() || reset.equals(restored)
                ? Finding.ok(question, restored.isEmpty() ? "nothing is renamed" : "yes: " + restored)
                : Finding.warn(
                        question,
                        "restore.topic_mapping " + restored + ", offset_reset.topic_mapping " + reset,
                        "write the same in both, or only in restore.topic_mapping");
    }
}
