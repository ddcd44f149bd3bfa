package io.segue.coordinator.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.config.RestoreConfig.MergeOrder;
import io.segue.protocol.config.RestoreConfig.OffsetMode;
import io.segue.protocol.config.RestoreConfig.Repartitioning;
import io.segue.protocol.job.RestoreSpec.Placement;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Routing;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Partitions that do not stay as they are, and offsets that do. */
class RestorePlacementTest {
    private final PlanWorld world = new PlanWorld();

    @Test
    void b7SeveralTopicsIntoOneAreInputsOfOneTask() {
        world.topic("b", 1).segment("b", 0, 0, 1, 5);
        world.topic("a", 1).segment("a", 0, 0, 1, 5);
        world.topicMapping = Map.of("a", "c", "b", "c");

        RestorePlan plan = world.planned();

        assertEquals(1, plan.tasks().size());
        assertEquals(
                List.of(new TopicPartition("a", 0), new TopicPartition("b", 0)),
                plan.tasks().get(0).sources());
        PlanWorld.assertSays("c: takes in [a, b]; its configs are those of a", plan.notes());
    }

    @Test
    void b7SeveralPartitionsIntoOneAreInputsOfOneTask() {
        world.topic("a", 2).segment("a", 0, 0, 1, 5).segment("a", 1, 0, 1, 5);
        world.partitionMapping = Map.of(1, 0);

        assertEquals(
                List.of(new TopicPartition("a", 0), new TopicPartition("a", 1)),
                world.planned().tasks().get(0).sources());
    }

    private void repartitioned(int from, int to, boolean any) {
        world.topic("orders", from);
        for (int p = 0; p < from; p++) {
            world.segment("orders", p, 0, 10, 5);
        }
        world.placement =
                new Placement(Map.of("orders", new Repartitioning(to, any)), MergeOrder.CUTS, OffsetMode.DENSE);
    }

    private List<Integer> into(int target) {
        return world.planned().tasks().stream()
                .filter(task -> task.target().partition() == target)
                .flatMap(task -> task.sources().stream())
                .map(TopicPartition::partition)
                .toList();
    }

    @Test
    void a20EachTargetPartitionReadsOnlyWhatCanReachIt() {
        repartitioned(6, 12, false);
        assertEquals(12, PlanWorld.topic(world.planned(), "orders").partitions());
        assertEquals(List.of(2), into(8));

        repartitioned(12, 6, false);
        assertEquals(List.of(2, 8), into(2));

        repartitioned(6, 4, false);
        assertEquals(List.of(1, 3, 5), into(3));
    }

    @Test
    void a20UnderAnotherPartitionerEachReadsAll() {
        repartitioned(3, 6, true);

        assertEquals(List.of(0, 1, 2), into(5));
        assertEquals(
                new Routing(0, 6),
                world.planned().tasks().get(0).inputs().get(0).routing());
    }

    @Test
    void a20TheSameNumberOfPartitionsStaysAsItIs() {
        repartitioned(3, 3, false);

        assertEquals(List.of(2), into(2));
        assertEquals(null, world.planned().tasks().get(0).inputs().get(0).routing());
    }

    @Test
    void repartitioningIsKeyedByTheTarget() {
        repartitioned(3, 6, false);
        world.topicMapping = Map.of("orders", "restored");

        PlanWorld.assertSays(
                "repartitioning names target topic 'orders', into which nothing is restored", world.refused());
    }

    @Test
    void b7ThePlanSaysWhatEachGroupWillReadAgainAtMost() {
        repartitioned(2, 1, false);
        TopicPartition zero = new TopicPartition("orders", 0);
        TopicPartition one = new TopicPartition("orders", 1);
        world.commits = List.of(
                new CommitVector("slow", Map.of(zero, 2L, one, 3L)),
                new CommitVector("quick", Map.of(zero, 8L, one, 3L)),
                new CommitVector("other", Map.of(zero, 5L, one, 1L)),
                new CommitVector("done", Map.of(zero, 10L, one, 10L)),
                new CommitVector("elsewhere", Map.of(new TopicPartition("payments", 0), 7L)));
        TopicPartition target = new TopicPartition("orders", 0);

        RestorePlan plan = world.planned();

        assertEquals(
                List.of(List.of(2L, 8L, 10L), List.of(3L, 3L, 10L)),
                plan.tasks().get(0).inputs().stream()
                        .map(RestoreTask.Input::cuts)
                        .toList());
        assertEquals(
                List.of(
                        new ReadAgain("slow", target, 0, 5, false),
                        new ReadAgain("quick", target, 0, 11, false),
                        new ReadAgain("other", target, 6, 6, false),
                        new ReadAgain("done", target, 0, 0, false)),
                plan.readAgain());
    }

    private void offsets(OffsetMode mode) {
        world.placement = new Placement(Map.of(), MergeOrder.CUTS, mode);
    }

    @Test
    void b13ThePlanSaysOfEachPartitionWhichOffsetsItGets() {
        world.topic("orders", 4)
                .segment("orders", 0, 0, 10, 5)
                .segment("orders", 1, 100, 10, 5)
                .segment("orders", 1, 112, 10, 5)
                .segment("orders", 2, 0, 10, 5)
                .segment("orders", 2, 50_000, 10, 5)
                .segment("orders", 3, 5, 10, 5);
        world.target.createTopic("orders", 4, 1, Map.of());
        world.target.log("orders", 3, 0, 2);
        offsets(OffsetMode.AUTO);

        RestorePlan plan = world.planned();

        PlanWorld.assertSays("orders/0 offsets: identical", plan.notes());
        PlanWorld.assertSays(
                "orders/1 offsets: identical (the log is made to begin at 100), once 2 offsets of gaps are filled",
                plan.notes());
        PlanWorld.assertSays(
                "orders/2 offsets: dense, because keeping its offsets would take 0 fillers and 49990 markers",
                plan.notes());
        PlanWorld.assertSays(
                "orders/3 offsets: dense, because the target partition holds records (0 to 1)", plan.notes());
        assertEquals(
                List.of(true, true, false, false),
                plan.tasks().stream()
                        .sorted(java.util.Comparator.comparing(RestoreTask::target))
                        .map(task -> task.preserve() != null)
                        .toList());
    }

    @Test
    void b13PreserveRefusesWhatCannotBeKept() {
        world.topic("orders", 2).segment("orders", 0, 0, 10, 5).segment("orders", 1, 5, 10, 5);
        world.target.createTopic("orders", 2, 1, Map.of());
        world.target.log("orders", 1, 9, 9);
        offsets(OffsetMode.PRESERVE);

        PlanWorld.assertSays(
                "orders/1 cannot keep the source's offsets: the target partition's log ends at 9, behind the archive's first"
                        + " offset 5",
                world.refused());
        world.partitionMapping = Map.of(1, 0);
        PlanWorld.assertSays(
                "orders/0 cannot keep the source's offsets: several source partitions flow into it", world.refused());
    }
}
