package io.segue.coordinator.backup;

import io.segue.protocol.job.BackupTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskResult.BackedUp;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.BackupReport;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Gap;
import io.segue.protocol.manifest.SourceRecord.SourceTopic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the documents at the end say, out of what became of the tasks. A partition is in the manifest with all its
 * stretches or not at all: half of one looks whole. Pure.
 */
final class ManifestAssembly {
    private final List<SourceTopic> topics;
    private final Map<TopicPartition, Manifest.Partition> stored = new TreeMap<>();
    private final Map<TopicPartition, String> failed = new TreeMap<>();

    /** @param logs by task id; a task without one has not begun */
    ManifestAssembly(List<SourceTopic> topics, List<BackupTask> tasks, Map<String, List<TaskEvent>> logs) {
        this.topics = topics;
        Map<TopicPartition, List<BackupTask>> byPartition = new HashMap<>();
        tasks.forEach(task -> byPartition
                .computeIfAbsent(task.range().partition(), at -> new ArrayList<>())
                .add(task));
        byPartition.forEach((at, stretches) -> {
            stretches.sort(Comparator.comparingLong(task -> task.range().startOffset()));
            join(at, stretches, logs);
        });
    }

    private void join(TopicPartition at, List<BackupTask> stretches, Map<String, List<TaskEvent>> logs) {
        List<Manifest.Segment> segments = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        for (BackupTask stretch : stretches) {
            List<TaskEvent> events = logs.getOrDefault(stretch.id(), List.of());
            Optional<Manifest.Partition> result = result(events);
            if (result.isEmpty()) {
                failed.putIfAbsent(at, at + ": " + why(events));
                return;
            }
            segments.addAll(result.get().segments());
            result.get().gaps().forEach(gap -> append(gaps, gap));
        }
        stored.put(at, new Manifest.Partition(at.partition(), segments, gaps));
    }

    /** What was deleted across the border of two stretches is one gap. */
    private static void append(List<Gap> gaps, Gap gap) {
        Gap last = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
        if (last != null && last.endOffset() == gap.startOffset()) {
            gaps.set(gaps.size() - 1, new Gap(last.startOffset(), gap.endOffset(), last.reason(), last.detectedAt()));
        } else {
            gaps.add(gap);
        }
    }

    private static Optional<Manifest.Partition> result(List<TaskEvent> events) {
        return events.stream()
                .filter(event -> event instanceof Done done && done.result() instanceof BackedUp)
                .map(event -> ((BackedUp) ((Done) event).result()).partition())
                .findFirst();
    }

    private static String why(List<TaskEvent> events) {
        return events.stream()
                .filter(Failed.class::isInstance)
                .map(event -> ((Failed) event).message())
                .reduce((first, second) -> second)
                .orElse("it was not read");
    }

    /** The topics of the manifest; like the peer's it leaves out partitions without segment and gap. */
    List<Manifest.Topic> manifestTopics() {
        return topics.stream()
                .map(topic -> new Manifest.Topic(
                        topic.name(),
                        topic.partitions().size(),
                        topic.partitions().stream()
                                .map(partition -> stored.get(new TopicPartition(topic.name(), partition.partition())))
                                .filter(partition -> partition != null
                                        && !(partition.segments().isEmpty()
                                                && partition.gaps().isEmpty()))
                                .toList()))
                .toList();
    }

    List<BackupReport.Failure> failures() {
        return failed.entrySet().stream()
                .map(entry -> new BackupReport.Failure(
                        entry.getKey().topic(), entry.getKey().partition(), entry.getValue()))
                .toList();
    }

    /** True if no partition at all was stored, though there were some to store. */
    boolean nothing() {
        return stored.isEmpty() && !failed.isEmpty();
    }

    List<String> gapWarnings() {
        List<String> warnings = new ArrayList<>();
        stored.forEach((at, partition) -> partition
                .gaps()
                .forEach(gap -> warnings.add(at + ": offsets " + gap.startOffset() + " to " + (gap.endOffset() - 1)
                        + " were deleted on the source before they were read")));
        return warnings;
    }

    long records() {
        return segments().mapToLong(Manifest.Segment::recordCount).sum();
    }

    long bytes() {
        return segments().mapToLong(Manifest.Segment::compressedSize).sum();
    }

    private Stream<Manifest.Segment> segments() {
        return stored.values().stream().flatMap(partition -> partition.segments().stream());
    }
}
