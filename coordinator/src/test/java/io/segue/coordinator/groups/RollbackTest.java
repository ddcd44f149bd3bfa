package io.segue.coordinator.groups;

import static io.segue.coordinator.groups.Worlds.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.PassingTime;
import io.segue.coordinator.groups.GroupOutcome.Blocked;
import io.segue.coordinator.groups.GroupOutcome.Done;
import io.segue.coordinator.groups.GroupOutcome.Refused;
import io.segue.coordinator.groups.Rollback.Difference;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.mapping.Run;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollbackTest {
    private static final ResetLimits LIMITS = ResetLimits.standard(new PassingTime());

    private final Worlds world = new Worlds()
            .proven("orders", 0, new Run(500, 0, 500))
            .proven("orders", 1, new Run(400, 0, 400))
            .committed("g", "orders", 0, 600)
            .committed("g", "orders", 1, 800);
    private final Rollback rollback = new Rollback(world.target, LIMITS, false);

    @Test
    void c8ValuesComeBackAndWhatDidNotExistGoes() {
        world.target.consumed("g", "orders", 0, 3);
        OffsetSnapshot before = world.snapshot();
        world.reset();
        assertEquals(Map.of(at("orders", 0), 100L, at("orders", 1), 400L), world.offsets("g"));

        assertEquals(List.of(new Done("g", 2, List.of())), rollback.to(before, List.of("g"), Map.of()));

        assertEquals(Map.of(at("orders", 0), 3L), world.offsets("g"));
        assertEquals(List.of(), rollback.differences(before, List.of("g")));
        assertEquals(
                "unchanged", rollback.to(before, List.of("g"), Map.of()).get(0).word());
    }

    @Test
    void c8VerificationFindsMissingExtraAndWrongOnes() {
        world.target.log("orders", 2, 0, 5);
        world.target.consumed("g", "orders", 0, 3);
        world.target.consumed("g", "orders", 1, 4);
        OffsetSnapshot before = world.snapshot();
        world.target.deleteCommits("g", java.util.Set.of(at("orders", 0)));
        world.target.consumed("g", "orders", 1, 5);
        world.target.consumed("g", "orders", 2, 1);

        assertEquals(
                List.of(new Difference(
                        "g", List.of(at("orders", 0)), List.of(at("orders", 2)), List.of(at("orders", 1)))),
                rollback.differences(before, List.of("g")));
    }

    @Test
    void c8AnAnswerThatDidNotComeIsNoAgreement() {
        boolean[] failing = {false};
        InMemoryKafkaCluster target = new InMemoryKafkaCluster("t", (when, operation, group) -> {
            if (failing[0]) {
                throw new KafkaFailure("no answer", true, null);
            }
        });
        OffsetSnapshot before = new GroupSnapshots(target, List.of(), io.segue.protocol.time.Time.system())
                .take(List.of("g"), null, null);
        failing[0] = true;

        assertThrows(KafkaFailure.class, () -> new Rollback(target, LIMITS, false).differences(before, List.of("g")));
        assertEquals(
                "failed, may be tried again",
                new Rollback(target, LIMITS, false)
                        .to(before, List.of("g"), Map.of())
                        .get(0)
                        .word());
    }

    @Test
    void anActiveGroupIsNotRolledBack() {
        OffsetSnapshot before = world.snapshot();
        world.reset();
        world.target.join("g", "app-1 at /10.0.0.7");

        assertEquals(
                List.of(new Blocked("g", "Stable", List.of("app-1 at /10.0.0.7"))),
                rollback.to(before, List.of("g"), Map.of()));
        assertEquals(100L, world.offsets("g").get(at("orders", 0)));
    }

    @Test
    void aSnapshotOfAnotherClusterIsRefused() {
        OffsetSnapshot good = world.snapshot();
        OffsetSnapshot foreign = new OffsetSnapshot(
                "snap-1", good.createdAt(), good.groups(), null, "other", List.of("b:9092"), null, true);

        assertTrue(rollback.refusal(foreign).orElseThrow().contains("is of cluster other (b:9092)"));
        assertThrows(IllegalArgumentException.class, () -> rollback.to(foreign, List.of("g"), Map.of()));
    }

    @Test
    void anEmptyGroupInThePeersSnapshotIsNotTakenForNoOffsets() {
        world.reset();
        OffsetSnapshot peers = new OffsetSnapshot(
                "snap-1",
                java.time.Instant.EPOCH,
                Map.of("g", new GroupCommits("g", Map.of())),
                null,
                null,
                List.of(),
                null,
                false);

        assertTrue(rollback.to(peers, List.of("g"), Map.of()).get(0) instanceof Refused);
        assertEquals(2, world.offsets("g").size());
    }

    @Test
    void aGroupThatHasMovedOnSinceTheResetIsLeftAloneUnlessForced() {
        OffsetSnapshot before = world.snapshot();
        ResetPlan plan = world.plan(before);
        world.reset(plan, before);
        Map<String, GroupCommits> undone = Map.of("g", plan.groups().get(0).wanted());
        world.target.consumed("g", "orders", 0, 130);

        GroupOutcome outcome = rollback.to(before, List.of("g"), undone).get(0);
        assertEquals("moved on", outcome.word());
        assertTrue(outcome.detail().contains("orders/0 was set to 100, has 130"), outcome.detail());
        assertEquals(130L, world.offsets("g").get(at("orders", 0)));

        Rollback forced = new Rollback(world.target, LIMITS, true);
        assertEquals(List.of(new Done("g", 2, List.of())), forced.to(before, List.of("g"), undone));
        assertEquals(Map.of(), world.offsets("g"));
    }

    @Test
    void aGroupThatStandsWhereTheResetPutItIsRolledBack() {
        OffsetSnapshot before = world.snapshot();
        ResetPlan plan = world.plan(before);
        world.reset(plan, before);

        assertEquals(
                List.of(new Done("g", 2, List.of())),
                rollback.to(
                        before, List.of("g"), Map.of("g", plan.groups().get(0).wanted())));
    }
}
