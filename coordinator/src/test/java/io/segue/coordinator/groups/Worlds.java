package io.segue.coordinator.groups;

import io.segue.coordinator.dispatch.PassingTime;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.time.Time;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A restore that has just ended on a target in memory, and the groups of its source. */
final class Worlds {
    final InMemoryKafkaCluster target;
    final Map<String, Map<TopicPartition, Commit>> source = new TreeMap<>();
    final Map<TopicPartition, Restored> restored = new TreeMap<>();
    NoAnswerPolicy noAnswer = NoAnswerPolicy.REFUSE;

    Worlds(InMemoryKafkaCluster target) {
        this.target = target;
    }

    Worlds() {
        this(new InMemoryKafkaCluster("target-cluster"));
    }

    static TopicPartition at(String topic, int partition) {
        return new TopicPartition(topic, partition);
    }

    Worlds committed(String group, String topic, int partition, long offset) {
        return committed(group, topic, partition, offset, "of " + group);
    }

    Worlds committed(String group, String topic, int partition, long offset, String metadata) {
        source.computeIfAbsent(group, id -> new TreeMap<>()).put(at(topic, partition), new Commit(offset, metadata));
        return this;
    }

    /** Restores runs of a topic into the topic of the same name; the log ends behind them. */
    Worlds proven(String topic, int partition, Run... runs) {
        TopicPartition place = at(topic, partition);
        restored.put(place, new Restored.Proven(new PartitionMapping(place, place, List.of(runs))));
        long start = runs.length == 0 ? 0 : runs[0].target();
        target.log(topic, partition, start, runs.length == 0 ? 0 : runs[runs.length - 1].targetEnd());
        return this;
    }

    Worlds unproven(String topic, int partition, String reason) {
        target.log(topic, partition, 0, 1);
        restored.put(at(topic, partition), new Restored.Unproven(at(topic, partition), reason));
        return this;
    }

    Worlds nothingArchived(String topic, int partition, long start, long end) {
        target.log(topic, partition, start, end);
        restored.put(at(topic, partition), new Restored.NothingArchived(at(topic, partition)));
        return this;
    }

    OffsetSnapshot snapshot(String... groups) {
        Set<String> ids = groups.length == 0 ? source.keySet() : Set.of(groups);
        return new GroupSnapshots(target, List.of("target:9092"), Time.system()).take(ids, "job-1", null);
    }

    ResetPlan plan(OffsetSnapshot snapshot, String... groups) {
        return plan(request(), snapshot, groups);
    }

    ResetPlan plan(ResetRequest request, OffsetSnapshot snapshot, String... groups) {
        Set<String> ids = groups.length == 0 ? source.keySet() : Set.of(groups);
        return plan(request, new TargetGroups(snapshot, target.groups(ids)));
    }

    ResetPlan plan(ResetRequest request, TargetGroups groups) {
        Set<String> current = new TreeSet<>();
        groups.current()
                .groups()
                .values()
                .forEach(group -> group.commits().keySet().forEach(partition -> current.add(partition.topic())));
        TargetWorld world = TargetWorld.read(
                target,
                List.of("target:9092"),
                request.targetTopics(current),
                request.strategies().times());
        PlanOrigin origin = new PlanOrigin(
                request.strategies().word(),
                7,
                null,
                "job-1",
                "source-cluster",
                "a",
                "b",
                world.remembered(),
                List.of());
        return new ResetPlan(origin, ResetPlanner.plan(request, world, groups, groups.ids()));
    }

    /** By what was restored. */
    ResetRequest request() {
        Set<String> topics = new TreeSet<>();
        restored.keySet().forEach(partition -> topics.add(partition.topic()));
        return ResetRequest.translate(sourceCommits(), new RestoredPartitions(topics, restored), noAnswer);
    }

    ResetRequest request(ResetStrategy strategy) {
        return new ResetRequest(sourceCommits(), Strategies.only(strategy), Map.of(), Set.of(), noAnswer, false);
    }

    SourceCommits sourceCommits() {
        Map<String, GroupCommits> commits = new TreeMap<>();
        source.forEach((id, offsets) -> commits.put(id, new GroupCommits(id, offsets)));
        return new SourceCommits("segue-source.json", 1, commits);
    }

    List<GroupOutcome> reset(ResetPlan plan, OffsetSnapshot snapshot) {
        return new GroupReset(target, ResetLimits.standard(new PassingTime())).apply(plan.groups(), snapshot);
    }

    /** Snapshot, plan and reset of every group, as a job does it. */
    List<GroupOutcome> reset() {
        OffsetSnapshot snapshot = snapshot();
        return reset(plan(snapshot), snapshot);
    }

    /** Committed on the target. */
    Map<TopicPartition, Long> offsets(String group) {
        Map<TopicPartition, Long> offsets = new TreeMap<>();
        target.commits(group).commits().forEach((partition, commit) -> offsets.put(partition, commit.offset()));
        return offsets;
    }
}
