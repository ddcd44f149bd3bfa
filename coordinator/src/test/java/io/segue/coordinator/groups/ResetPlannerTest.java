package io.segue.coordinator.groups;

import static io.segue.coordinator.groups.Worlds.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlan.Kind;
import io.segue.coordinator.groups.ResetPlan.PlannedCommit;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.mapping.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResetPlannerTest {
    private final Worlds world = new Worlds();

    private GroupPlan plan(String group) {
        return world.plan(world.snapshot(), group).groups().get(0);
    }

    private PlannedCommit only(String group) {
        GroupPlan plan = plan(group);
        assertEquals(List.of(), plan.refusals());
        assertEquals(1, plan.commits().size(), plan.toString());
        return plan.commits().get(0);
    }

    @Test
    void b1ThePagesExample() {
        world.proven("orders", 0, new Run(500, 0, 500))
                .proven("orders", 1, new Run(400, 0, 400))
                .committed("order-processor", "orders", 0, 1000)
                .committed("order-processor", "orders", 1, 800);

        List<PlannedCommit> commits = plan("order-processor").commits();

        assertEquals(
                List.of(
                        new PlannedCommit(
                                at("orders", 0),
                                at("orders", 0),
                                1000L,
                                null,
                                500,
                                "of order-processor",
                                Kind.PAST_END,
                                0,
                                0,
                                null),
                        new PlannedCommit(
                                at("orders", 1),
                                at("orders", 1),
                                800L,
                                null,
                                400,
                                "of order-processor",
                                Kind.PAST_END,
                                0,
                                0,
                                null)),
                commits);
    }

    @Test
    void b1CommittedAtTheVeryStart() {
        world.proven("orders", 0, new Run(0, 0, 10)).committed("g", "orders", 0, 0);

        assertEquals(Kind.EXACT, only("g").kind());
        assertEquals(0, only("g").offset());
        assertEquals(10, only("g").lag());
    }

    @Test
    void b2InAGapTheNextSurvivor() {
        world.proven("orders", 0, new Run(100, 0, 1), new Run(105, 1, 2)).committed("g", "orders", 0, 103);

        assertEquals(Kind.IN_GAP, only("g").kind());
        assertEquals(1, only("g").offset());
    }

    @Test
    void b3BeyondTheArchivedEndIsBehindTheLastRestoredEvenIfOthersWroteSince() {
        world.proven("orders", 0, new Run(0, 0, 10)).committed("g", "orders", 0, 900);
        world.target.log("orders", 0, 0, 25);

        assertEquals(Kind.PAST_END, only("g").kind());
        assertEquals(10, only("g").offset());
        assertEquals(15, only("g").lag());
    }

    @Test
    void b4BeforeTheWindowTheFirstRestoredNeverAForeignRecord() {
        world.proven("orders", 0, new Run(300, 70, 10)).committed("g", "orders", 0, 12);
        world.target.log("orders", 0, 0, 80);

        assertEquals(Kind.BEFORE_START, only("g").kind());
        assertEquals(70, only("g").offset());
    }

    @Test
    void b5MetadataIsKept() {
        world.proven("orders", 0, new Run(0, 0, 10)).committed("g", "orders", 0, 5);

        assertEquals("of g", only("g").metadata());
    }

    @Test
    void b5AnEmptyPartitionHasOnePosition() {
        world.proven("orders", 0, new Run(0, 0, 10))
                .nothingArchived("orders", 1, 7, 7)
                .committed("g", "orders", 0, 5)
                .committed("g", "orders", 1, 44);

        GroupPlan plan = plan("g");
        assertEquals(List.of(), plan.refusals());
        assertEquals(Kind.ONLY_POSITION, plan.commits().get(1).kind());
        assertEquals(7, plan.commits().get(1).offset());
    }

    @Test
    void b5NothingRestoredAmongForeignRecordsIsForTheOperatorToDecide() {
        world.proven("orders", 0, new Run(0, 0, 10))
                .nothingArchived("orders", 1, 7, 20)
                .committed("g", "orders", 0, 5)
                .committed("g", "orders", 1, 44);

        GroupPlan refused = plan("g");
        assertEquals(List.of(), refused.commits());
        assertTrue(refused.refusals().toString().contains("no_mapping"), refused.toString());

        world.noAnswer = NoAnswerPolicy.EARLIEST;
        assertEquals(7, plan("g").commits().get(1).offset());
        world.noAnswer = NoAnswerPolicy.LATEST;
        assertEquals(20, plan("g").commits().get(1).offset());
        world.noAnswer = NoAnswerPolicy.SKIP;
        assertEquals(1, plan("g").commits().size());
        assertEquals(1, plan("g").notes().size());
    }

    @Test
    void r4OneUnprovenPartitionRefusesTheTopicButNotTheOthers() {
        world.proven("orders", 0, new Run(0, 0, 10))
                .unproven("orders", 1, "fragments cover 3 of 9 records")
                .proven("payments", 0, new Run(0, 0, 10))
                .committed("g", "orders", 0, 5)
                .committed("g", "orders", 1, 5)
                .committed("g", "payments", 0, 4);

        GroupPlan plan = plan("g");

        assertEquals(
                List.of(at("payments", 0)),
                plan.commits().stream().map(PlannedCommit::target).toList());
        assertEquals("orders", plan.refusals().get(0).topic());
        assertEquals(
                "partition 1: not proven: fragments cover 3 of 9 records",
                plan.refusals().get(0).reason());
    }

    @Test
    void r4AnUnprovenPartitionOnWhichTheGroupHadNothingDoesNotMatter() {
        world.proven("orders", 0, new Run(0, 0, 10))
                .unproven("orders", 1, "not finished")
                .committed("g", "orders", 0, 5);

        assertEquals(5, only("g").offset());
    }

    @Test
    void aPartitionThatTheRestoreLeftOutRefusesTheTopic() {
        world.proven("orders", 0, new Run(0, 0, 10))
                .committed("g", "orders", 0, 5)
                .committed("g", "orders", 3, 5);

        assertTrue(plan("g").refusals().toString().contains("partition 3: it is not part of this restore"));
        assertEquals(List.of(), plan("g").commits());
    }

    @Test
    void b5ATopicThatWasNotRestoredIsNotedAndLeftAlone() {
        world.proven("orders", 0, new Run(0, 0, 10))
                .committed("g", "orders", 0, 5)
                .committed("g", "clicks", 0, 99);

        assertEquals(5, only("g").offset());
        assertTrue(plan("g").notes().toString().contains("clicks"));
    }

    @Test
    void b5AGroupWithoutOffsetsHasNothingToDo() {
        world.proven("orders", 0, new Run(0, 0, 10));
        world.source.put("g", java.util.Map.of());

        assertEquals(List.of(), plan("g").commits());
        assertEquals(List.of(), plan("g").refusals());
    }

    @Test
    void aGroupThatTheBackupDoesNotKnowIsRefused() {
        world.proven("orders", 0, new Run(0, 0, 10)).committed("g", "orders", 0, 5);

        GroupPlan plan = world.plan(world.snapshot("typo"), "typo").groups().get(0);
        assertTrue(plan.refusals().toString().contains("knows no group 'typo'"), plan.toString());
    }

    @Test
    void c6ANewOffsetThatTheLogHasLostIsRefused() {
        world.proven("orders", 0, new Run(0, 0, 10)).committed("g", "orders", 0, 2);
        world.target.log("orders", 0, 6, 10);

        assertTrue(plan("g").refusals().toString().contains("records were deleted"));
    }

    @Test
    void aTargetPartitionThatDoesNotExistRefusesItsTopicOnly() {
        world.proven("orders", 0, new Run(0, 0, 10))
                .committed("g", "orders", 0, 5)
                .committed("g", "gone", 7, 1);
        world.restored.put(at("gone", 7), new Restored.NothingArchived(at("gone", 7)));

        assertEquals(1, plan("g").commits().size());
        assertTrue(
                plan("g").refusals().toString().contains("gone/7 does not exist"),
                plan("g").toString());
    }

    @Test
    void c10TheTargetsOwnCommitsAreShownAndNeverTranslated() {
        world.proven("orders", 0, new Run(500, 0, 500)).committed("g", "orders", 0, 700);
        world.target.consumed("g", "orders", 0, 3);
        world.target.consumed("stranger", "orders", 0, 3);

        assertEquals(200, only("g").offset());
        assertEquals(3, only("g").current());
        assertEquals(1, world.plan(world.snapshot()).groups().size());
    }

    @Test
    void b7SourcesThatShareATargetPartitionAreRefusedNotGuessed() {
        world.proven("orders", 0, new Run(0, 0, 10))
                .committed("g", "orders", 0, 5)
                .committed("g", "returns", 0, 5);
        world.restored.put(
                at("returns", 0),
                new Restored.Proven(new io.segue.protocol.mapping.PartitionMapping(
                        at("returns", 0), at("orders", 0), List.of(new Run(0, 10, 5)))));
        world.target.log("orders", 0, 0, 15);

        GroupPlan plan = plan("g");
        assertEquals(List.of(), plan.commits());
        assertEquals(2, plan.refusals().size());
    }
}
