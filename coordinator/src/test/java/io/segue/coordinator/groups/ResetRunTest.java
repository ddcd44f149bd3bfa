package io.segue.coordinator.groups;

import static io.segue.coordinator.groups.Worlds.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.PassingTime;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.InMemoryKafkaCluster.Moment;
import io.segue.protocol.kafka.InMemoryKafkaCluster.Operation;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** C1, C3, C9: many groups, in shards, with processes that die and members that leave. */
class ResetRunTest {
    private static final int GROUPS = 2 * ResetLimits.SHARD + 3;

    private final AtomicInteger commits = new AtomicInteger();
    private final List<String> told = new ArrayList<>();
    private final ResetState state = new ResetState(new InMemoryObjectStore());
    private int dieAt = Integer.MAX_VALUE;
    private final Worlds world = new Worlds(new InMemoryKafkaCluster("target-cluster", (moment, operation, group) -> {
                if (operation == Operation.COMMIT && moment == Moment.AFTER && commits.incrementAndGet() == dieAt) {
                    throw new ProcessDied();
                }
            }))
            .proven("orders", 0, new Run(500, 0, 500));

    private static String group(int i) {
        return String.format("g-%04d", i);
    }

    private void groups(int count) {
        for (int i = 0; i < count; i++) {
            world.committed(group(i), "orders", 0, 500 + i % 500);
        }
    }

    private List<GroupLine> run(Duration wait, Time time) {
        ResetLimits limits = new ResetLimits(4, ResetLimits.backoff(2), wait, time);
        ResetRun.Listener listener = new ResetRun.Listener() {
            @Override
            public void snapshotTaken(String key, int groups) {
                told.add(key);
            }

            @Override
            public void ended(int shard, List<GroupLine> groups) {
                told.add(shard + ":" + groups.size());
            }
        };
        return new ResetRun(world.target, state, limits, listener, "job-1")
                .run(ResetRun.shards(world.source.keySet(), groups -> world.plan(world.request(), groups)));
    }

    private List<GroupLine> run() {
        return run(Duration.ZERO, new PassingTime());
    }

    @Test
    void everyGroupIsResetInShardsAndASecondRunChangesNothing() {
        groups(GROUPS);

        List<GroupLine> lines = run();

        assertEquals(GROUPS, lines.size());
        assertTrue(lines.stream().allMatch(GroupLine::complete));
        assertEquals(
                List.of("00000/snapshot.json", "0:250", "00001/snapshot.json", "1:250", "00002/snapshot.json", "2:3"),
                told);
        assertEquals(Map.of(at("orders", 0), 251L), world.offsets(group(251)));
        assertEquals(List.of(0, 1, 2), state.shards());
        assertEquals(Map.of(at("orders", 0), 0L), state.positions());
        int before = commits.get();
        assertEquals(lines, run());
        assertEquals(before, commits.get());
    }

    @Test
    void c9ADeathAnywhereIsFinishedByAnotherRun() {
        groups(GROUPS);
        for (int death : new int[] {1, 130, 251, 400, 503}) {
            dieAt = commits.get() + death;
            try {
                run();
            } catch (ProcessDied died) {
                told.add("died");
            }
        }
        dieAt = Integer.MAX_VALUE;

        assertTrue(run().stream().allMatch(GroupLine::complete));

        for (int i = 0; i < GROUPS; i++) {
            assertEquals(Map.of(at("orders", 0), (long) i % 500), world.offsets(group(i)));
        }
        assertTrue(told.contains("died"));
    }

    @Test
    void whatIsCompleteIsNotTouchedAgainThoughItsConsumersWentOn() {
        groups(2);
        run();
        world.target.consumed(group(0), "orders", 0, 499);

        assertTrue(run().stream().allMatch(GroupLine::complete));
        assertEquals(Map.of(at("orders", 0), 499L), world.offsets(group(0)));
    }

    @Test
    void c3BlockedGroupsAreTriedAgainUntilTheirMembersLeave() {
        groups(3);
        world.target.join(group(1), "app");
        Time time = new Time() {
            private long seconds;

            @Override
            public long wallMillis() {
                return seconds * 1000;
            }

            @Override
            public long nanos() {
                return seconds * 1_000_000_000;
            }

            @Override
            public void pause(Duration duration) {
                seconds += duration.toSeconds();
                if (seconds >= 10) {
                    world.target.leave(group(1));
                }
            }
        };

        List<GroupLine> lines = run(Duration.ofSeconds(60), time);

        assertTrue(lines.stream().allMatch(GroupLine::complete), lines.toString());
        assertEquals(Map.of(at("orders", 0), 1L), world.offsets(group(1)));
    }

    @Test
    void c3TheWaitHasAnEnd() {
        groups(2);
        world.target.join(group(1), "app");

        List<GroupLine> lines = run(Duration.ofSeconds(60), new PassingTime());

        assertEquals(
                List.of("done", "blocked"),
                lines.stream().map(GroupLine::outcome).toList());
    }

    @Test
    void c7NothingIsChangedWithoutASnapshot() {
        groups(2);
        Worlds failing = new Worlds(new InMemoryKafkaCluster("target-cluster", (moment, operation, group) -> {
            if (operation == Operation.FETCH) {
                throw new io.segue.protocol.kafka.KafkaFailure("no answer", true, null);
            }
        }));
        ResetRun run =
                new ResetRun(failing.target, state, ResetLimits.standard(new PassingTime()), new Silent(), "job-1");

        assertThrows(
                io.segue.protocol.kafka.KafkaFailure.class,
                () -> run.run(ResetRun.shards(List.of("g"), groups -> {
                    throw new AssertionError("planned without a snapshot");
                })));
        assertEquals(List.of(), state.shards());
    }

    /** One that may not be looked at, and one that may not be committed for: the rest goes on, and so do they with the right. */
    @Test
    void groupsWithoutARightAreRefusedByNameAndTheOthersProceed() {
        groups(3);
        world.target.groupOnly(group(0), Set.of());
        world.target.groupOnly(group(1), Set.of("DESCRIBE"));

        List<GroupLine> lines = run();

        assertEquals(
                List.of("refused", "refused", "done"),
                lines.stream().map(GroupLine::outcome).toList());
        assertTrue(
                lines.get(0).detail().contains("may not look at it")
                        && lines.get(0).detail().endsWith("--operation Read --group g-0000"),
                lines.toString());
        assertTrue(lines.get(1).detail().contains("may not commit for it (READ)"), lines.toString());
        assertEquals(
                Set.of(group(1), group(2)),
                state.snapshot(0).orElseThrow().groups().keySet());

        world.target.groupOnly(group(1), Set.of("DESCRIBE", "READ"));
        assertEquals("done", run().get(1).outcome());
        assertEquals(Map.of(at("orders", 0), 1L), world.offsets(group(1)));
    }

    private static final class Silent implements ResetRun.Listener {
        @Override
        public void snapshotTaken(String key, int groups) {}

        @Override
        public void ended(int shard, List<GroupLine> groups) {}
    }

    /** Stands for a kill: nobody catches it. */
    private static final class ProcessDied extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
