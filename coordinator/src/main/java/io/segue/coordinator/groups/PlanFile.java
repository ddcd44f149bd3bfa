package io.segue.coordinator.groups;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlan.Kind;
import io.segue.coordinator.groups.ResetPlan.PlannedCommit;
import io.segue.coordinator.groups.ResetPlan.Refusal;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The shapes within a reset plan's JSON; in snake case there. */
final class PlanFile {
    private PlanFile() {}

    /**
     * All but the groups.
     *
     * @param dryRun true, as the peer's plans say of themselves
     * @param targetTopics ids by name
     * @param targetLogs {@code topic/partition} → first offset, high watermark, last stable offset
     */
    record Head(
            @JsonProperty(required = true) String strategy,
            long generatedAt,
            boolean dryRun,
            @Nullable String backupId,
            @Nullable String jobId,
            @Nullable String sourceClusterId,
            @JsonProperty(required = true) String targetClusterId,
            @JsonProperty(required = true) List<String> targetBootstrapServers,
            String commitsFrom,
            String mappingFrom,
            @JsonProperty(required = true) Map<String, String> targetTopics,
            @JsonProperty(required = true) Map<String, List<Long>> targetLogs,
            List<String> warnings) {
        static Head of(PlanOrigin origin) {
            Map<String, List<Long>> logs = new TreeMap<>();
            origin.world()
                    .logs()
                    .forEach((partition, log) -> logs.put(
                            partition.toString(), List.of(log.start(), log.highWatermark(), log.lastStable())));
            return new Head(
                    origin.strategy(),
                    origin.madeAt(),
                    true,
                    origin.backupId(),
                    origin.jobId(),
                    origin.sourceClusterId(),
                    origin.world().clusterId(),
                    origin.world().bootstrapServers(),
                    origin.commitsFrom(),
                    origin.mappingFrom(),
                    origin.world().topicIds(),
                    logs,
                    origin.warnings());
        }

        PlanOrigin origin() {
            Map<TopicPartition, LogRange> logs = new TreeMap<>();
            targetLogs.forEach((partition, ends) -> {
                if (ends.size() != 3) {
                    throw new IllegalArgumentException("target_logs of " + partition + " has not three offsets");
                }
                logs.put(partition(partition), new LogRange(ends.get(0), ends.get(1), ends.get(2)));
            });
            return new PlanOrigin(
                    strategy,
                    generatedAt,
                    backupId,
                    jobId,
                    sourceClusterId,
                    commitsFrom,
                    mappingFrom,
                    new PlanOrigin.World(targetClusterId, targetBootstrapServers, targetTopics, logs),
                    warnings);
        }
    }

    /**
     * One group.
     *
     * @param complete nothing was refused
     */
    record Group(
            @JsonProperty(required = true) String groupId,
            String standing,
            int partitionCount,
            boolean complete,
            @JsonProperty(required = true) List<Position> partitions,
            List<Refused> refusals,
            List<String> notes) {
        static Group of(GroupPlan plan) {
            return new Group(
                    plan.groupId(),
                    plan.standing(),
                    plan.commits().size(),
                    plan.refusals().isEmpty(),
                    plan.commits().stream().map(Position::of).toList(),
                    plan.refusals().stream()
                            .map(refusal -> new Refused(refusal.topic(), refusal.reason()))
                            .toList(),
                    plan.notes());
        }

        GroupPlan plan() {
            if (partitionCount != partitions.size()) {
                throw new IllegalArgumentException("group " + groupId + " counts " + partitionCount
                        + " partitions and has " + partitions.size() + ": the file was cut or changed");
            }
            return new GroupPlan(
                    groupId,
                    standing,
                    partitions.stream().map(Position::commit).toList(),
                    refusals.stream()
                            .map(refused -> new Refusal(refused.topic(), refused.reason()))
                            .toList(),
                    notes);
        }
    }

    record Refused(@Nullable String topic, String reason) {}

    /** One offset; {@code topic} and {@code partition} are the target's, as in the peer's plans. */
    record Position(
            @JsonProperty(required = true) String topic,
            @JsonProperty(required = true) int partition,
            @Nullable String sourceTopic,
            @Nullable Integer sourcePartition,
            @Nullable Long sourceOffset,
            @Nullable Long currentOffset,
            @JsonProperty(required = true) long targetOffset,
            @JsonProperty(required = true) String kind,
            long readAgain,
            long lag,
            @Nullable Long timestamp,
            @Nullable String metadata) {
        static Position of(PlannedCommit commit) {
            TopicPartition source = commit.source();
            return new Position(
                    commit.target().topic(),
                    commit.target().partition(),
                    source == null ? null : source.topic(),
                    source == null ? null : source.partition(),
                    commit.committed(),
                    commit.current(),
                    commit.offset(),
                    commit.kind().name().toLowerCase(Locale.ROOT),
                    commit.readAgain(),
                    commit.lag(),
                    commit.timestamp(),
                    commit.metadata());
        }

        PlannedCommit commit() {
            if (targetOffset < 0) {
                throw new IllegalArgumentException("target_offset " + targetOffset + " is negative");
            }
            return new PlannedCommit(
                    sourceTopic == null || sourcePartition == null
                            ? null
                            : new TopicPartition(sourceTopic, sourcePartition),
                    new TopicPartition(topic, partition),
                    sourceOffset,
                    currentOffset,
                    targetOffset,
                    metadata,
                    Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                    readAgain,
                    lag,
                    timestamp);
        }
    }

    private static TopicPartition partition(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 1 || !text.substring(slash + 1).matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("expected topic/partition, found " + text);
        }
        return new TopicPartition(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }
}
