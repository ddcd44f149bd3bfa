package io.segue.e2e.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.groups.GroupLine;
import io.segue.coordinator.groups.PlanOrigin;
import io.segue.coordinator.groups.ResetLimits;
import io.segue.coordinator.groups.ResetPlan;
import io.segue.coordinator.groups.ResetPlanner;
import io.segue.coordinator.groups.ResetRequest;
import io.segue.coordinator.groups.ResetRun;
import io.segue.coordinator.groups.ResetState;
import io.segue.coordinator.groups.Restored;
import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.groups.TargetWorld;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.time.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** C2: many groups on three brokers, while every group's coordinator moves from broker to broker. */
class C2ManyGroupsIT {
    private static final int PARTITIONS = 4;
    private static final int RECORDS = 50;
    private static final int FIRST = 1000;

    private final TargetCluster target = new TargetCluster();
    private final String topic = TargetCluster.unique("c2");

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void close() throws Exception {
        target.close();
    }

    @Test
    @Timeout(180)
    void threeHundred() throws Exception {
        reset(300, new Semaphore(Integer.MAX_VALUE / 2));
    }

    @Test
    @Tag("long")
    @Timeout(900)
    void fiveThousand() throws Exception {
        reset(5_000, new Semaphore(1));
    }

    /** @param turns for how often coordinators move; each shard of groups adds one */
    private void reset(int groups, Semaphore turns) throws Exception {
        target.cluster.createTopic(topic, PARTITIONS, 3, Map.of());
        Map<TopicPartition, Restored> restored = new TreeMap<>();
        for (int p = 0; p < PARTITIONS; p++) {
            target.plain.produce(topic, p, 0, RECORDS);
            TopicPartition place = new TopicPartition(topic, p);
            restored.put(
                    place,
                    new Restored.Proven(new PartitionMapping(place, place, List.of(new Run(FIRST, 0, RECORDS)))));
        }
        Map<String, GroupCommits> source = new TreeMap<>();
        for (int i = 0; i < groups; i++) {
            String id = String.format("%s-%05d", topic, i);
            source.put(id, commits(id, FIRST + i % RECORDS));
        }
        ResetRequest request = ResetRequest.translate(
                new SourceCommits("test", 1, source),
                new RestoredPartitions(Set.of(topic), restored),
                NoAnswerPolicy.REFUSE);
        // makes the topic of the offsets
        target.cluster.commit(commits(topic + "-first", 1));

        List<GroupLine> lines;
        try (FileStore store = new FileStore(directory);
                Coordinators moving = Coordinators.moving(target.servers, turns)) {
            int before = moving.rounds();
            long begun = System.nanoTime();
            lines = run(request, new ResetState(store), turns);
            System.out.printf(
                    "C2: %,d groups in %.1f s, while every coordinator moved %d times%n",
                    groups, (System.nanoTime() - begun) / 1e9, moving.rounds() - before);
            assertTrue(moving.rounds() > before, "coordinators did not move during the reset");
        }

        assertEquals(groups, lines.size());
        assertEquals(List.of(), lines.stream().filter(line -> !line.complete()).toList());
        Map<String, GroupCommits> found = target.cluster.commits(source.keySet());
        for (int i = 0; i < groups; i++) {
            String id = String.format("%s-%05d", topic, i);
            assertEquals(commits(id, i % RECORDS), found.get(id));
        }
    }

    private GroupCommits commits(String id, long offset) {
        Map<TopicPartition, Commit> commits = new TreeMap<>();
        for (int p = 0; p < PARTITIONS; p++) {
            commits.put(new TopicPartition(topic, p), new Commit(offset, null));
        }
        return new GroupCommits(id, commits);
    }

    private List<GroupLine> run(ResetRequest request, ResetState state, Semaphore turns) {
        TargetWorld world = TargetWorld.read(target.cluster, List.of(), Set.of(topic), Set.of());
        PlanOrigin origin = new PlanOrigin(
                request.strategies().word(), 1, null, null, null, "test", "test", world.remembered(), List.of());
        ResetRun.Listener turning = new ResetRun.Listener() {
            @Override
            public void snapshotTaken(String key, int groups) {
                turns.release();
            }

            @Override
            public void ended(int shard, List<GroupLine> groups) {}
        };
        return new ResetRun(target.cluster, state, ResetLimits.standard(Time.system()), turning, "c2")
                .run(ResetRun.shards(
                        request.source().groups().keySet(),
                        shard -> new ResetPlan(origin, ResetPlanner.plan(request, world, shard, shard.ids()))));
    }
}
