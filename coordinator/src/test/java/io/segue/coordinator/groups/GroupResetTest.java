package io.segue.coordinator.groups;

import static io.segue.coordinator.groups.Worlds.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.groups.GroupOutcome.Blocked;
import io.segue.coordinator.groups.GroupOutcome.Conflict;
import io.segue.coordinator.groups.GroupOutcome.Done;
import io.segue.coordinator.groups.GroupOutcome.Failed;
import io.segue.coordinator.groups.GroupOutcome.Refused;
import io.segue.coordinator.groups.GroupOutcome.Unchanged;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.InMemoryKafkaCluster.Moment;
import io.segue.protocol.kafka.InMemoryKafkaCluster.Operation;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.mapping.Run;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupResetTest {
    private int strikes;

    private static Worlds orders(Worlds world) {
        return world.proven("orders", 0, new Run(500, 0, 500)).proven("orders", 1, new Run(400, 0, 400));
    }

    @Test
    void c1AppliedOnceASecondRunChangesNothing() {
        Worlds world = orders(new Worlds()).committed("g", "orders", 0, 600).committed("g", "orders", 1, 800);
        OffsetSnapshot snapshot = world.snapshot();
        ResetPlan plan = world.plan(snapshot);

        assertEquals(List.of(new Done("g", 2, List.of())), world.reset(plan, snapshot));
        assertEquals(Map.of(at("orders", 0), 100L, at("orders", 1), 400L), world.offsets("g"));
        assertEquals(
                new GroupCommits.Commit(100, "of g"),
                world.target.commits("g").commits().get(at("orders", 0)));
        assertTrue(world.reset(plan, snapshot).get(0) instanceof Unchanged);
    }

    @Test
    void c3AnActiveGroupIsBlockedByNameWithItsMembersAndTheOthersProceed() {
        Worlds world = orders(new Worlds()).committed("a", "orders", 0, 600).committed("b", "orders", 0, 700);
        world.target.join("a", "app-1 at /10.0.0.7");
        world.target.consumed("a", "orders", 0, 3);

        List<GroupOutcome> outcomes = world.reset();

        assertEquals(new Blocked("a", "Stable", List.of("app-1 at /10.0.0.7")), outcomes.get(0));
        assertEquals(Map.of(at("orders", 0), 3L), world.offsets("a"));
        assertEquals(new Done("b", 1, List.of()), outcomes.get(1));
    }

    @Test
    void c3AMemberThatComesBetweenCheckAndCommitBlocksToo() {
        InMemoryKafkaCluster[] self = new InMemoryKafkaCluster[1];
        InMemoryKafkaCluster target = new InMemoryKafkaCluster("t", (moment, operation, group) -> {
            if (moment == Moment.BEFORE && operation == Operation.COMMIT) {
                self[0].join(group, "late at /10.0.0.9");
            }
        });
        self[0] = target;
        Worlds world = orders(new Worlds(target)).committed("g", "orders", 0, 600);

        assertEquals(List.of(new Blocked("g", "Stable", List.of("late at /10.0.0.9"))), world.reset());
        assertEquals(Map.of(), world.offsets("g"));
    }

    @Test
    void somebodyElsesCommitSinceTheSnapshotIsAConflictAndStays() {
        Worlds world = orders(new Worlds()).committed("g", "orders", 0, 600).committed("g", "orders", 1, 700);
        OffsetSnapshot snapshot = world.snapshot();
        ResetPlan plan = world.plan(snapshot);
        world.target.consumed("g", "orders", 1, 42);

        GroupOutcome outcome = world.reset(plan, snapshot).get(0);

        assertTrue(outcome instanceof Conflict, outcome.toString());
        assertTrue(outcome.detail().contains("orders/1 had no offset, has 42, planned 300"), outcome.detail());
        assertEquals(Map.of(at("orders", 1), 42L), world.offsets("g"));
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void c9ACrashAtAnyCommitIsFinishedByAnotherRun(Moment moment) {
        for (int crashAt = 1; crashAt <= 3; crashAt++) {
            strikes = crashAt;
            InMemoryKafkaCluster target = new InMemoryKafkaCluster("t", (when, operation, group) -> {
                if (when == moment && operation == Operation.COMMIT && --strikes == 0) {
                    throw new ProcessDied();
                }
            });
            Worlds world = orders(new Worlds(target));
            for (String group : List.of("a", "b", "c")) {
                world.committed(group, "orders", 0, 600).committed(group, "orders", 1, 700);
            }
            OffsetSnapshot snapshot = world.snapshot();
            ResetPlan plan = world.plan(snapshot);
            assertThrows(ProcessDied.class, () -> world.reset(plan, snapshot));

            List<GroupOutcome> outcomes = world.reset(plan, snapshot);

            assertTrue(outcomes.stream().allMatch(GroupOutcome::clean), outcomes.toString());
            for (String group : List.of("a", "b", "c")) {
                assertEquals(Map.of(at("orders", 0), 100L, at("orders", 1), 300L), world.offsets(group));
            }
        }
    }

    @Test
    void c4OnePartitionsErrorIsReportedAndWhetherItPasses() {
        Worlds world = orders(new Worlds()).committed("g", "orders", 0, 600);
        world.committed("g", "orders", 1, 700, "x".repeat(5000));

        Failed failed = (Failed) world.reset().get(0);

        assertEquals(List.of("orders/1: the commit's metadata is too large"), failed.errors());
        assertEquals(false, failed.retryable());
        assertEquals(Map.of(at("orders", 0), 100L), world.offsets("g"));
    }

    @Test
    void c4AFailureThatMayPassIsToldFromOneThatMayNot() {
        for (boolean retryable : new boolean[] {true, false}) {
            InMemoryKafkaCluster target = new InMemoryKafkaCluster("t", (when, operation, group) -> {
                if (operation == Operation.COMMIT && group.equals("a")) {
                    throw new KafkaFailure("no answer", retryable, null);
                }
            });
            Worlds world =
                    orders(new Worlds(target)).committed("a", "orders", 0, 600).committed("b", "orders", 0, 600);

            List<GroupOutcome> outcomes = world.reset();

            assertEquals(new Failed("a", List.of("no answer"), retryable), outcomes.get(0));
            assertEquals(new Done("b", 1, List.of()), outcomes.get(1));
        }
    }

    @Test
    void c6ACommitThatReadsBackAsSomebodyElsesIsAConflict() {
        InMemoryKafkaCluster[] self = new InMemoryKafkaCluster[1];
        InMemoryKafkaCluster target = new InMemoryKafkaCluster("t", (when, operation, group) -> {
            if (when == Moment.AFTER && operation == Operation.COMMIT) {
                self[0].consumed(group, "orders", 0, 77);
            }
        });
        self[0] = target;
        Worlds world = orders(new Worlds(target)).committed("g", "orders", 0, 600);

        assertEquals(List.of(new Conflict("g", List.of("orders/0 had no offset, has 77, planned 100"))), world.reset());
    }

    @Test
    void c6ALogThatLostThePositionIsAFailure() {
        Worlds world = orders(new Worlds()).committed("g", "orders", 0, 600);
        OffsetSnapshot snapshot = world.snapshot();
        ResetPlan plan = world.plan(snapshot);
        world.target.log("orders", 0, 250, 500);

        assertEquals(
                List.of(new Failed("g", List.of("orders/0: committed 100, the log is now 250 to 500"), false)),
                world.reset(plan, snapshot));
    }

    @Test
    void c7AFetchErrorRefusesTheWholeSnapshot() {
        InMemoryKafkaCluster target = new InMemoryKafkaCluster("t", (when, operation, group) -> {
            if (operation == Operation.FETCH && group.equals("b")) {
                throw new KafkaFailure("could not fetch the committed offsets of group b", true, null);
            }
        });
        Worlds world =
                orders(new Worlds(target)).committed("a", "orders", 0, 600).committed("b", "orders", 0, 600);

        KafkaFailure failure = assertThrows(KafkaFailure.class, world::snapshot);
        assertTrue(String.valueOf(failure.getMessage()).contains("group b"));
    }

    @Test
    void c7AnIncompleteOrForeignSnapshotIsNotAccepted() {
        Worlds world = orders(new Worlds()).committed("g", "orders", 0, 600);
        OffsetSnapshot good = world.snapshot();
        ResetPlan plan = world.plan(good);
        OffsetSnapshot incomplete = new OffsetSnapshot(
                "s", good.createdAt(), good.groups(), null, "target-cluster", List.of(), null, false);
        OffsetSnapshot foreign =
                new OffsetSnapshot("s", good.createdAt(), good.groups(), null, "other", List.of(), null, true);

        assertThrows(IllegalArgumentException.class, () -> world.reset(plan, incomplete));
        assertThrows(IllegalArgumentException.class, () -> world.reset(plan, foreign));
        assertEquals(Map.of(), world.offsets("g"));
    }

    @Test
    void r4WhatIsRefusedIsNotCommittedAndSaid() {
        Worlds world = orders(new Worlds())
                .unproven("orders", 2, "segment missing")
                .proven("payments", 0, new Run(0, 0, 10))
                .committed("a", "orders", 0, 600)
                .committed("a", "orders", 2, 600)
                .committed("b", "orders", 2, 1)
                .committed("b", "payments", 0, 4);

        List<GroupOutcome> outcomes = world.reset();

        assertTrue(outcomes.get(0) instanceof Refused, outcomes.toString());
        assertEquals(Map.of(), world.offsets("a"));
        assertEquals("partly done", outcomes.get(1).word());
        assertEquals(Map.of(at("payments", 0), 4L), world.offsets("b"));
    }

    @Test
    void c4WhatMaySucceedIsTriedAgain() {
        strikes = 2;
        InMemoryKafkaCluster target = new InMemoryKafkaCluster("t", (when, operation, group) -> {
            if (when == Moment.BEFORE && operation == Operation.COMMIT && strikes-- > 0) {
                throw new KafkaFailure("the coordinator is loading", true, null);
            }
        });
        Worlds world = orders(new Worlds(target)).committed("g", "orders", 0, 600);

        assertEquals(List.of(new Done("g", 1, List.of())), world.reset());
    }

    /** Stands for a kill: nobody catches it. */
    private static final class ProcessDied extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
