package io.segue.coordinator.plan;

import io.segue.coordinator.plan.RestorePlan.Outcome;
import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.SourceRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Manifest + spec + target metadata → topics and tasks, or all the reasons why not. Pure: used by one thread, once. */
public final class RestorePlanner {
    private final RestoreSpec spec;
    private final Target target;
    private final Map<String, Map<String, String>> sourceConfigs;
    private final List<String> refusals = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, TopicPlan> topics = new TreeMap<>();
    private final Map<TopicPartition, RestoreTask> tasks = new HashMap<>();

    /** What is on the target before the job: topics by name, and the logs of their partitions. */
    public record Target(Map<String, KafkaCluster.Topic> topics, Map<TopicPartition, LogRange> logs) {}

    private RestorePlanner(RestoreSpec spec, @Nullable SourceRecord source, Target target) {
        this.spec = spec;
        this.target = target;
        this.sourceConfigs = new HashMap<>();
        if (source != null) {
            source.topics().forEach(topic -> sourceConfigs.put(topic.name(), topic.configs()));
        }
    }

    /** @param source what the backup says of the source's topics, or null for an archive of the peer */
    public static Outcome plan(RestoreSpec spec, Manifest manifest, @Nullable SourceRecord source, Target target) {
        return new RestorePlanner(spec, source, target).plan(manifest);
    }

    /** Names of the target topics that a spec writes to; for looking them up before planning. */
    public static Set<String> targetTopics(RestoreSpec spec, Manifest manifest) {
        TopicSelection selection = new TopicSelection(
                spec.selected().includeTopics(), spec.selected().excludeTopics());
        Set<String> names = new HashSet<>();
        for (Manifest.Topic topic : manifest.topics()) {
            if (selection.selects(topic.name())) {
                names.add(targetName(spec, topic));
            }
        }
        return names;
    }

    private Outcome plan(Manifest manifest) {
        TopicSelection selection = new TopicSelection(
                spec.selected().includeTopics(), spec.selected().excludeTopics());
        List<Manifest.Topic> selected = manifest.topics().stream()
                .filter(topic -> selection.selects(topic.name()))
                .toList();
        if (selected.isEmpty()) {
            refusals.add("no topic of backup '" + manifest.backupId() + "' is selected; it holds "
                    + manifest.topics().stream()
                            .map(Manifest.Topic::name)
                            .sorted()
                            .toList());
        }
        checkMapping(manifest);
        selected.forEach(this::planTopic);
        if (!refusals.isEmpty()) {
            return new Outcome.Refused(refusals);
        }
        List<RestoreTask> largestFirst = tasks.values().stream()
                .sorted(Comparator.comparingLong(RestoreTask::bytes).reversed().thenComparing(RestoreTask::target))
                .toList();
        return new Outcome.Planned(new RestorePlan(List.copyOf(topics.values()), largestFirst, notes));
    }

    private void checkMapping(Manifest manifest) {
        for (String name : spec.selected().topicMapping().keySet()) {
            if (manifest.topic(name).isEmpty()) {
                refusals.add(
                        "topic_mapping names '" + name + "', which backup '" + manifest.backupId() + "' does not hold");
            }
        }
    }

    private void planTopic(Manifest.Topic topic) {
        String name = targetName(spec, topic);
        int needed = topic.partitionCount();
        for (Manifest.Partition partition : topic.partitions()) {
            Set<Integer> only = spec.selected().sourcePartitions();
            if (only.isEmpty() || only.contains(partition.partitionId())) {
                needed = Math.max(needed, 1 + planPartition(topic, partition, name));
            }
        }
        Map<String, String> source = sourceConfigs.getOrDefault(topic.name(), Map.of());
        KafkaCluster.Topic existing = target.topics().get(name);
        TopicPlan before = topics.get(name);
        if (before != null) {
            refusals.add("two source topics flow into target topic '" + name + "': give each its own in topic_mapping");
        } else if (existing == null) {
            planNew(name, needed, source);
        } else {
            planExisting(existing, needed, source);
        }
    }

    private void planNew(String name, int partitions, Map<String, String> source) {
        if (!spec.topics().create()) {
            refusals.add("target topic '" + name + "' does not exist and create_topics is false: create it with "
                    + partitions + " partitions, or set create_topics: true");
            return;
        }
        if (source.containsKey("min.insync.replicas")) {
            notes.add(name + ": min.insync.replicas=" + source.get("min.insync.replicas")
                    + " of the source is not copied; replication is the target's own");
        }
        topics.put(name, new TopicPlan(name, true, partitions, Freeze.configsOfNew(source), Freeze.intended(source)));
    }

    private void planExisting(KafkaCluster.Topic existing, int needed, Map<String, String> source) {
        String name = existing.name();
        if (existing.partitions() != needed) {
            refusals.add("target topic '" + name + "' has " + existing.partitions() + " partitions, the restore needs "
                    + needed + ": delete it so that it is created anew, or map to another topic");
            return;
        }
        for (int p = 0; p < existing.partitions(); p++) {
            LogRange log = target.logs().get(new TopicPartition(name, p));
            if (log != null && log.highWatermark() > 0 && tasks.containsKey(new TopicPartition(name, p))) {
                notes.add(name + "/" + p + " is not empty: records go behind offset " + (log.highWatermark() - 1)
                        + " that is there now");
            }
        }
        topics.put(
                name,
                new TopicPlan(
                        name,
                        false,
                        existing.partitions(),
                        Freeze.configsOfExisting(existing.configs(), source),
                        Freeze.intended(existing.configs())));
    }

    /** Returns the target partition. */
    private int planPartition(Manifest.Topic topic, Manifest.Partition partition, String targetTopic) {
        int to = spec.selected().partitionMapping().getOrDefault(partition.partitionId(), partition.partitionId());
        if (partition.segments().isEmpty()) {
            return to;
        }
        TopicPartition into = new TopicPartition(targetTopic, to);
        List<SegmentRef> segments = partition.segments().stream()
                .sorted(Comparator.comparingLong(Manifest.Segment::startOffset))
                .map(segment -> new SegmentRef(
                        segment.key(),
                        segment.startOffset(),
                        segment.endOffset(),
                        segment.recordCount(),
                        segment.compressedSize()))
                .toList();
        RestoreTask task = new RestoreTask(
                targetTopic + "-" + to,
                topic.at(partition),
                into,
                segments,
                segments.stream().mapToLong(SegmentRef::recordCount).sum(),
                segments.stream().mapToLong(SegmentRef::size).sum());
        RestoreTask other = tasks.put(into, task);
        if (other != null) {
            refusals.add("both " + other.source() + " and " + task.source() + " flow into target partition " + into
                    + ": give each its own in topic_mapping or partition_mapping");
        }
        return to;
    }

    private static String targetName(RestoreSpec spec, Manifest.Topic topic) {
        return spec.selected().topicMapping().getOrDefault(topic.name(), topic.name());
    }
}
