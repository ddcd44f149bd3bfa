package io.segue.coordinator.groups;

import static io.segue.coordinator.groups.Worlds.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.mapping.Run;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A stored plan meets another world. */
class PlanCheckTest {
    private final Worlds world = new Worlds()
            .proven("orders", 0, new Run(500, 0, 500))
            .proven("payments", 0, new Run(0, 0, 10))
            .committed("g", "orders", 0, 600)
            .committed("g", "payments", 0, 4);
    private final ResetPlan plan = world.plan(world.snapshot());

    private GroupPlan checked() {
        TargetWorld now = TargetWorld.read(world.target, List.of(), Set.of("orders", "payments"), Set.of());
        TargetGroups groups = new TargetGroups(world.snapshot(), world.target.groups(List.of("g")));
        return new PlanCheck(plan.made().world(), now)
                .checked(plan.groups(), groups)
                .get(0);
    }

    private void refuses(String reason) {
        GroupPlan left = checked();
        assertEquals(
                List.of(at("payments", 0)),
                left.commits().stream().map(c -> c.target()).toList());
        assertTrue(left.refusals().toString().contains(reason), left.refusals().toString());
    }

    @Test
    void theSameWorldAndOneThatGrewAreFine() {
        assertEquals(plan.groups().get(0), checked());
        world.target.log("orders", 0, 0, 700);
        assertEquals(plan.groups().get(0), checked());
    }

    @Test
    void recordsThatThePlanPointsAtAreGone() {
        world.target.log("orders", 0, 101, 500);
        refuses("records were deleted up to 101");
    }

    @Test
    void aLogThatLostItsEnd() {
        world.target.log("orders", 0, 0, 499);
        refuses("the log ends at 499, it ended at 500");
    }

    @Test
    void anotherTopicOfTheSameName() {
        world.target.deleteTopic("orders");
        world.target.log("orders", 0, 0, 500);
        refuses("deleted and made again");
    }

    @Test
    void aCommitSinceThen() {
        world.target.consumed("g", "orders", 0, 77);
        refuses("orders/0: had no offset when the plan was made, has 77");
    }

    @Test
    void aPlanThatWasAppliedAlreadyIsFine() {
        world.target.consumed("g", "orders", 0, 100);
        assertEquals(plan.groups().get(0), checked());
    }

    @Test
    void anotherCluster() {
        TargetWorld elsewhere =
                TargetWorld.read(new InMemoryKafkaCluster("other"), List.of("o:9092"), Set.of(), Set.of());
        assertEquals(
                "the plan was made for cluster target-cluster (target:9092), this is cluster other",
                new PlanCheck(plan.made().world(), elsewhere).wrongCluster().orElseThrow());
    }
}
