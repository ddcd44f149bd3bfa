package io.segue.coordinator.groups;

import static io.segue.coordinator.groups.Worlds.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlan.PlannedCommit;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Run;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** B9: each strategy gives its own result; and which groups and topics it is for. */
class ResetStrategyTest {
    private final Worlds world = new Worlds()
            .proven("orders", 0, new Run(500, 0, 500))
            .proven("orders", 1, new Run(400, 0, 400))
            .committed("g", "orders", 0, 600)
            .committed("g", "orders", 1, 800);

    private static Map<TopicPartition, Long> offsets(GroupPlan plan) {
        Map<TopicPartition, Long> offsets = new TreeMap<>();
        plan.commits().forEach(commit -> offsets.put(commit.target(), commit.offset()));
        return offsets;
    }

    private GroupPlan plan(ResetRequest request) {
        return world.plan(request, world.snapshot(), "g").groups().get(0);
    }

    private Map<TopicPartition, Long> by(ResetStrategy strategy) {
        return offsets(plan(world.request(strategy)));
    }

    @Test
    void b9EachStrategyGivesItsOwnResult() {
        world.target.recordAt("orders", 0, 250, 1_000);
        world.target.recordAt("orders", 0, 251, 2_000);

        assertEquals(Map.of(at("orders", 0), 100L, at("orders", 1), 400L), offsets(plan(world.request())));
        assertEquals(Map.of(at("orders", 0), 0L, at("orders", 1), 0L), by(new ResetStrategy.Earliest()));
        assertEquals(Map.of(at("orders", 0), 500L, at("orders", 1), 400L), by(new ResetStrategy.Latest()));
        assertEquals(Map.of(at("orders", 0), 251L, at("orders", 1), 400L), by(new ResetStrategy.Timestamp(1_001)));
        assertEquals(Map.of(at("orders", 0), 7L, at("orders", 1), 7L), by(new ResetStrategy.Offset(7)));
    }

    @Test
    void b9AnOffsetThatOnePartitionLacksIsRefusedAndNeverClamped() {
        GroupPlan plan = plan(world.request(new ResetStrategy.Offset(450)));

        assertEquals(List.of(), plan.commits());
        assertEquals(
                "partition 1: offset 450 of orders/1 is outside the log (0 to 400)",
                plan.refusals().get(0).reason());
    }

    @Test
    void aChosenPositionNeedsNoSourceOffsets() {
        world.target.consumed("g", "orders", 1, 3);
        ResetRequest request = new ResetRequest(
                SourceCommits.NONE,
                Strategies.only(new ResetStrategy.Earliest()),
                Map.of(),
                Set.of(),
                NoAnswerPolicy.REFUSE,
                false);

        List<PlannedCommit> commits = plan(request).commits();

        assertEquals(2, commits.size());
        assertEquals(3L, commits.get(1).current());
    }

    @Test
    void topicsMayBeNamedAlsoWhereTheGroupHasNothingYet() {
        world.target.log("payments", 0, 5, 9);
        ResetRequest request = new ResetRequest(
                SourceCommits.NONE,
                Strategies.only(new ResetStrategy.Latest()),
                Map.of(),
                Set.of("payments"),
                NoAnswerPolicy.REFUSE,
                false);

        assertEquals(Map.of(at("payments", 0), 9L), offsets(plan(request)));
    }

    @Test
    void groupsAndTopicsMayHaveStrategiesOfTheirOwn() {
        world.proven("audit", 0, new Run(0, 0, 10)).committed("g", "audit", 0, 4);
        Strategies strategies = new Strategies(
                new ResetStrategy.Translate(translate().restored(), "from-mapping"),
                List.of(new Strategies.Special(
                        new NamePattern("~^g$"), new NamePattern("au*"), new ResetStrategy.Earliest())));
        ResetRequest request =
                new ResetRequest(world.sourceCommits(), strategies, Map.of(), Set.of(), NoAnswerPolicy.REFUSE, false);

        assertEquals(Map.of(at("audit", 0), 0L, at("orders", 0), 100L, at("orders", 1), 400L), offsets(plan(request)));
        assertEquals("from-mapping; ~^g$/au*: earliest", strategies.word());
    }

    private ResetStrategy.Translate translate() {
        return (ResetStrategy.Translate) world.request().strategies().general();
    }

    @Test
    void r4PartOfATopicIsCommittedOnlyWhereThatIsAllowed() {
        world.unproven("orders", 2, "cut off").committed("g", "orders", 2, 5);
        ResetRequest request = world.request();
        ResetRequest partial = new ResetRequest(
                request.source(), request.strategies(), Map.of(), Set.of(), NoAnswerPolicy.REFUSE, true);

        assertEquals(List.of(), plan(request).commits());
        GroupPlan plan = plan(partial);
        assertEquals(2, plan.commits().size());
        assertTrue(plan.notes().get(0).contains("auto.offset.reset decides for partition 2"), plan.toString());
    }

    @Test
    void renamedTopicsAreFoundByTheirMapping() {
        world.target.log("restored-orders", 0, 0, 9);
        ResetRequest request = new ResetRequest(
                world.sourceCommits(),
                Strategies.only(new ResetStrategy.Latest()),
                Map.of("orders", "restored-orders"),
                Set.of(),
                NoAnswerPolicy.REFUSE,
                false);

        assertEquals(Map.of(at("restored-orders", 0), 9L), offsets(plan(request)));
    }

    @Test
    void patternsSelectAmongTheGroupsThatAreKnown() {
        List<String> known = List.of("order-a", "order-b", "audit");

        assertEquals(Set.of("order-a", "order-b"), NamePattern.select(List.of(new NamePattern("order-*")), known));
        assertEquals(Set.of("audit"), NamePattern.select(List.of(new NamePattern("~^aud")), known));
        assertEquals(Set.of("typo"), NamePattern.select(List.of(new NamePattern("typo")), known));
        assertEquals(Set.copyOf(known), NamePattern.select(List.of(), known));
    }
}
