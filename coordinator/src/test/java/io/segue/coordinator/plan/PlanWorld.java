package io.segue.coordinator.plan;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.plan.RestorePlan.Outcome;
import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecord.SourceTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An archive, what is asked of it, and the target it goes to. */
final class PlanWorld {
    final InMemoryKafkaCluster target = new InMemoryKafkaCluster("target-cluster");
    List<String> include = List.of();
    Set<Integer> sourcePartitions = Set.of();
    Map<String, String> topicMapping = Map.of();
    Map<Integer, Integer> partitionMapping = Map.of();
    boolean createTopics = true;
    boolean keepFrozen;
    long now;

    @Nullable
    Long windowStart;

    RestoreSpec.Placement placement = RestoreSpec.Placement.PLAIN;
    List<CommitVector> commits = List.of();

    private final Map<String, Archived> topics = new TreeMap<>();
    private final Map<String, Map<String, String>> configs = new HashMap<>();

    /** A topic whose partition count may be unknown, and its segments by partition. */
    private record Archived(@Nullable Integer count, Map<Integer, List<Manifest.Segment>> partitions) {}

    PlanWorld topic(String name, @Nullable Integer partitions) {
        topics.put(name, new Archived(partitions, new TreeMap<>()));
        return this;
    }

    PlanWorld configs(String topic, Map<String, String> own) {
        configs.put(topic, own);
        return this;
    }

    PlanWorld segment(String topic, int partition, long start, long records, long bytes) {
        return segment(topic, partition, start, records, bytes, 0, 0);
    }

    /** With the times of its first and last record. */
    PlanWorld segment(
            String topic, int partition, long start, long records, long bytes, long firstTime, long lastTime) {
        Archived known = topics.get(topic);
        if (known == null) {
            throw new IllegalStateException("no topic " + topic);
        }
        String key = topic + "/" + partition + "/" + start;
        known.partitions()
                .computeIfAbsent(partition, id -> new ArrayList<>())
                .add(new Manifest.Segment(
                        key, start, start + records - 1, firstTime, lastTime, records, 9 * bytes, bytes));
        return this;
    }

    private Manifest manifest() {
        return new Manifest(
                "backup-1",
                0,
                null,
                List.of(),
                "zstd",
                topics.entrySet().stream()
                        .map(topic -> new Manifest.Topic(
                                topic.getKey(),
                                topic.getValue().count(),
                                topic.getValue().partitions().entrySet().stream()
                                        .map(partition -> new Manifest.Partition(
                                                partition.getKey(), partition.getValue(), List.of()))
                                        .toList()))
                        .toList());
    }

    private RestoreSpec spec() {
        return new RestoreSpec(
                "backup-1",
                "0f",
                "source-cluster",
                "target-cluster",
                new RestoreSpec.Selected(
                        include, List.of(), sourcePartitions, topicMapping, partitionMapping, windowStart, null),
                placement,
                false,
                BatchCompression.LZ4,
                new RestoreSpec.Topics(createTopics, -1, keepFrozen),
                new RestoreSpec.Groups(false, List.of(), NoAnswerPolicy.REFUSE));
    }

    Set<String> targetTopics() {
        return RestorePlanner.targetTopics(spec(), manifest());
    }

    Outcome plan() {
        Map<TopicPartition, LogRange> logs = new HashMap<>();
        for (KafkaCluster.Topic topic : target.topics().values()) {
            for (int p = 0; p < topic.partitions(); p++) {
                logs.putAll(target.logRanges(List.of(new TopicPartition(topic.name(), p))));
            }
        }
        SourceRecord source = new SourceRecord(
                "source-cluster",
                0,
                configs.entrySet().stream()
                        .map(topic -> new SourceTopic(topic.getKey(), "id", topic.getValue(), List.of()))
                        .toList(),
                List.of());
        return RestorePlanner.plan(
                spec(),
                manifest(),
                source,
                new RestorePlanner.Target(target.topics(), logs, Retention.Defaults.OF_KAFKA, now),
                commits);
    }

    RestorePlan planned() {
        Outcome outcome = plan();
        return assertInstanceOf(Outcome.Planned.class, outcome, outcome::toString)
                .plan();
    }

    List<String> refused() {
        Outcome outcome = plan();
        return assertInstanceOf(Outcome.Refused.class, outcome, outcome::toString)
                .reasons();
    }

    static void assertSays(String part, List<String> lines) {
        assertTrue(lines.stream().anyMatch(line -> line.contains(part)), part + " is in none of " + lines);
    }

    static TopicPlan topic(RestorePlan plan, String name) {
        return plan.topics().stream()
                .filter(topic -> topic.topic().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
