package io.segue.e2e.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.groups.GroupOutcome;
import io.segue.coordinator.groups.GroupReset;
import io.segue.coordinator.groups.GroupSnapshots;
import io.segue.coordinator.groups.ResetLimits;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlanner;
import io.segue.coordinator.groups.ResetRequest;
import io.segue.coordinator.groups.Restored;
import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.coordinator.groups.Rollback;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.groups.TargetGroups;
import io.segue.coordinator.groups.TargetWorld;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.group.SnapshotStore;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.time.Time;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reset and rollback on three real brokers. The source partition had records 500 to 999, of which compaction left the even
 * ones in the first hundred; they stand at 0 to 449 of the target, each with its source offset as value.
 */
class GroupResetIT {
    private static final int RECORDS = 450;
    private static final ResetLimits LIMITS = ResetLimits.standard(Time.system());

    private final TargetCluster target = new TargetCluster();
    private final String topic = TargetCluster.unique("restored");
    private final TopicPartition partition = new TopicPartition(topic, 0);
    private final Map<String, GroupCommits> source = new TreeMap<>();

    @BeforeEach
    void restore() throws Exception {
        target.cluster.createTopic(topic, 1, 3, Map.of());
        for (int offset = 500; offset < 600; offset += 2) {
            target.plain.produce(topic, 0, offset, offset + 1);
        }
        target.plain.produce(topic, 0, 600, 1000);
        assertEquals(
                Map.of(partition, new LogRange(0, RECORDS, RECORDS)), target.cluster.logRanges(List.of(partition)));
    }

    @AfterEach
    void close() throws Exception {
        target.close();
    }

    private String group(String name, long committed) {
        String id = TargetCluster.unique(name);
        source.put(id, new GroupCommits(id, Map.of(partition, new Commit(committed, "meta of " + name))));
        return id;
    }

    private static PartitionMapping mapping(TopicPartition partition) {
        List<Run> runs = new java.util.ArrayList<>();
        for (int i = 0; i < 50; i++) {
            runs.add(new Run(500 + 2L * i, i, 1));
        }
        runs.add(new Run(600, 50, 400));
        return new PartitionMapping(partition, partition, runs);
    }

    private OffsetSnapshot snapshot() {
        return GroupSnapshots.of(target.cluster, target.connection).take(source.keySet(), "job-1", null);
    }

    private List<GroupPlan> plan(OffsetSnapshot snapshot) {
        ResetRequest request = ResetRequest.translate(
                new SourceCommits("segue-source.json", 1, source),
                new RestoredPartitions(Set.of(topic), Map.of(partition, new Restored.Proven(mapping(partition)))),
                NoAnswerPolicy.REFUSE);
        TargetWorld world = TargetWorld.read(
                target.cluster,
                List.of(target.servers),
                request.targetTopics(Set.of()),
                request.strategies().times());
        return ResetPlanner.plan(
                request, world, new TargetGroups(snapshot, target.cluster.groups(source.keySet())), source.keySet());
    }

    private Map<String, GroupOutcome> reset(List<GroupPlan> plan, OffsetSnapshot snapshot) {
        Map<String, GroupOutcome> outcomes = new HashMap<>();
        new GroupReset(target.cluster, LIMITS)
                .apply(plan, snapshot)
                .forEach(outcome -> outcomes.put(outcome.groupId(), outcome));
        return outcomes;
    }

    /** What a consumer of the group reads next, as the source offset that the record carries. */
    private String resumes(String group, String protocol) {
        try (KafkaConsumer<String, String> consumer = target.plain.consumer(group, protocol)) {
            consumer.subscribe(List.of(topic));
            return PlainKafka.next(consumer).value();
        }
    }

    @Test
    void b12C10EachGroupReadsTheRecordThatItWouldHaveReadNext() throws Exception {
        String start = group("start", 500);
        String gap = group("gap", 531);
        String middle = group("middle", 777);
        String before = group("before", 3);
        String end = group("end", 1000);
        String ahead = group("ahead", 5000);
        target.cluster.commit(new GroupCommits(middle, Map.of(partition, new Commit(9, null))));
        OffsetSnapshot snapshot = snapshot();

        Map<String, GroupOutcome> outcomes = reset(plan(snapshot), snapshot);

        assertTrue(outcomes.values().stream().allMatch(GroupOutcome::clean), outcomes.toString());
        target.plain.produce(topic, 0, 7000, 7001);
        assertEquals("500", resumes(start, "classic"));
        assertEquals("532", resumes(gap, "classic"));
        assertEquals("777", resumes(middle, "consumer"));
        assertEquals("500", resumes(before, "consumer"));
        assertEquals("7000", resumes(end, "classic"));
        assertEquals("7000", resumes(ahead, "consumer"));
        assertEquals(
                new Commit(227, "meta of middle"),
                target.cluster.commits(middle).commits().get(partition));
    }

    @Test
    void c3AnActiveGroupIsBlockedAndTheOthersProceed() {
        String active = group("active", 777);
        String idle = group("idle", 777);
        try (KafkaConsumer<String, String> consumer = target.plain.consumer(active, "classic")) {
            consumer.subscribe(List.of(topic));
            PlainKafka.next(consumer);
            OffsetSnapshot snapshot = snapshot();

            Map<String, GroupOutcome> outcomes = reset(plan(snapshot), snapshot);

            assertTrue(
                    outcomes.get(active) instanceof GroupOutcome.Blocked blocked
                            && blocked.members().get(0).contains("127.0.0.1"),
                    outcomes.toString());
            assertEquals(Map.of(), target.cluster.commits(active).commits());
            assertEquals(new GroupOutcome.Done(idle, 1, List.of()), outcomes.get(idle));
        }
    }

    @Test
    void c1ASecondRunChangesNothingAndLeavesAConsumerThatMovedOnAlone() {
        String group = group("again", 777);
        OffsetSnapshot snapshot = snapshot();
        List<GroupPlan> plan = plan(snapshot);
        reset(plan, snapshot);
        assertTrue(reset(plan, snapshot).get(group) instanceof GroupOutcome.Unchanged);

        target.cluster.commit(new GroupCommits(group, Map.of(partition, new Commit(300, null))));
        assertTrue(reset(plan, snapshot).get(group) instanceof GroupOutcome.Conflict);
        assertEquals(
                new Commit(300, null), target.cluster.commits(group).commits().get(partition));
    }

    @Test
    void c7C8RollbackRestoresValuesAndDeletesWhatDidNotExist(@TempDir Path directory) {
        String had = group("had", 777);
        String hadNot = group("had-not", 777);
        target.cluster.commit(new GroupCommits(had, Map.of(partition, new Commit(9, "old"))));
        SnapshotStore store = new SnapshotStore(new FileStore(directory));
        OffsetSnapshot taken = snapshot();
        String key = SnapshotStore.key(taken.snapshotId());
        store.saveOnce(key, taken);
        reset(plan(taken), taken);
        assertEquals(
                Map.of(partition, new Commit(227, "meta of had-not")),
                target.cluster.commits(hadNot).commits());

        OffsetSnapshot read = store.load(key);
        Rollback rollback = new Rollback(target.cluster, LIMITS, false);
        assertEquals(2, rollback.differences(read, source.keySet()).size());
        assertTrue(rollback.to(read, source.keySet(), Map.of()).stream().allMatch(GroupOutcome::clean));

        assertEquals(List.of(), rollback.differences(read, source.keySet()));
        assertEquals(
                Map.of(partition, new Commit(9, "old")),
                target.cluster.commits(had).commits());
        assertEquals(Map.of(), target.cluster.commits(hadNot).commits());
    }
}
