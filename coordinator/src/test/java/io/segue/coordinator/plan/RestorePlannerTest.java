package io.segue.coordinator.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.plan.RestorePlan.Outcome;
import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.protocol.config.RestoreConfig.MergeOrder;
import io.segue.protocol.config.RestoreConfig.OffsetMode;
import io.segue.protocol.config.RestoreConfig.Repartitioning;
import io.segue.protocol.job.RestoreSpec.Placement;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Routing;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestorePlannerTest {
    private final PlanWorld world = new PlanWorld();

    private RestorePlan planned() {
        Outcome outcome = world.plan();
        return assertInstanceOf(Outcome.Planned.class, outcome, outcome::toString)
                .plan();
    }

    private List<String> refused() {
        Outcome outcome = world.plan();
        return assertInstanceOf(Outcome.Refused.class, outcome, outcome::toString)
                .reasons();
    }

    private static void assertSays(String part, List<String> lines) {
        assertTrue(lines.stream().anyMatch(line -> line.contains(part)), part + " is in none of " + lines);
    }

    private static TopicPlan topic(RestorePlan plan, String name) {
        return plan.topics().stream()
                .filter(topic -> topic.topic().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTopicThatIsMissingIsMade() {
        world.topic("orders", 3).segment("orders", 0, 0, 10, 500).segment("orders", 2, 5, 1, 50);

        RestorePlan plan = planned();

        assertTrue(topic(plan, "orders").create());
        assertEquals(3, topic(plan, "orders").partitions());
        assertEquals(
                List.of("orders-0", "orders-2"),
                plan.tasks().stream().map(RestoreTask::id).toList());
        assertEquals(11, plan.records());
        assertEquals(550, plan.bytes());
        assertEquals(1, plan.notes().size());
        assertSays("2 of 2 partitions could have the source's own offsets at little cost", plan.notes());
    }

    @Test
    void aTopicThatExistsIsFrozen() {
        world.topic("orders", 1).segment("orders", 0, 0, 10, 500);
        world.target.createTopic("orders", 1, 1, Map.of("retention.ms", "1000"));

        TopicPlan plan = topic(planned(), "orders");

        assertFalse(plan.create());
        assertEquals("-1", plan.configs().get("retention.ms"));
        assertEquals("1000", plan.intended().get("retention.ms"));
    }

    @Test
    void largestFirst() {
        world.topic("a", 1).segment("a", 0, 0, 1, 10);
        world.topic("b", 2).segment("b", 0, 0, 1, 30).segment("b", 1, 0, 1, 10);
        world.segment("b", 1, 1, 1, 10);

        assertEquals(
                List.of("b-0", "b-1", "a-0"),
                planned().tasks().stream().map(RestoreTask::id).toList());
    }

    @Test
    void segmentsAreInTheOrderOfTheirOffsets() {
        world.topic("a", 1)
                .segment("a", 0, 20, 5, 10)
                .segment("a", 0, 0, 20, 10)
                .segment("a", 0, 25, 1, 10);

        assertEquals(
                List.of(0L, 20L, 25L),
                planned().tasks().get(0).inputs().get(0).segments().stream()
                        .map(RestoreTask.SegmentRef::startOffset)
                        .toList());
    }

    @Test
    void partitionIdsMayBeSparseAndTheCountUnknown() {
        world.topic("orders", null).segment("orders", 5, 0, 10, 500);

        RestorePlan plan = planned();

        assertEquals(6, topic(plan, "orders").partitions());
        assertEquals(new TopicPartition("orders", 5), plan.tasks().get(0).target());
    }

    @Test
    void anEmptyTopicIsMadeAsWell() {
        world.topic("empty", 4);

        RestorePlan plan = planned();

        assertEquals(4, topic(plan, "empty").partitions());
        assertEquals(List.of(), plan.tasks());
    }

    @Test
    void onlyTheSourcePartitionsThatWereAskedFor() {
        world.topic("orders", 3).segment("orders", 0, 0, 1, 5).segment("orders", 1, 0, 1, 5);
        world.sourcePartitions = Set.of(1);

        RestorePlan plan = planned();

        assertEquals(
                List.of("orders-1"), plan.tasks().stream().map(RestoreTask::id).toList());
        assertEquals(3, topic(plan, "orders").partitions());
    }

    @Test
    void topicsAreRenamedAndPartitionsMoved() {
        world.topic("orders", 2).segment("orders", 0, 0, 1, 5).segment("orders", 1, 0, 1, 4);
        world.topicMapping = Map.of("orders", "restored");
        world.partitionMapping = Map.of(1, 7);

        RestorePlan plan = planned();

        assertEquals(8, topic(plan, "restored").partitions());
        assertEquals(
                List.of(new TopicPartition("orders", 1)), plan.tasks().get(1).sources());
        assertEquals(new TopicPartition("restored", 7), plan.tasks().get(1).target());
        assertEquals("restored-7", plan.tasks().get(1).id());
    }

    @Test
    void recordsGoBehindThoseThatAreThereAndAPersonIsTold() {
        world.topic("orders", 2).segment("orders", 0, 0, 1, 5);
        world.target.log("orders", 0, 0, 12);
        world.target.log("orders", 1, 0, 9);

        assertEquals(
                List.of("orders/0 is not empty: records go behind offset 11 that is there now"),
                planned().notes());
    }

    @Test
    void whatIsNotCopiedIsSaid() {
        world.topic("orders", 1).configs("orders", Map.of("min.insync.replicas", "2", "retention.ms", "5"));

        RestorePlan plan = planned();

        assertSays("min.insync.replicas=2 of the source is not copied", plan.notes());
        assertFalse(topic(plan, "orders").configs().containsKey("min.insync.replicas"));
        assertEquals("5", topic(plan, "orders").intended().get("retention.ms"));
    }

    @Test
    void anotherPartitionCountIsRefused() {
        world.topic("orders", 3).segment("orders", 0, 0, 1, 5);
        world.target.createTopic("orders", 2, 1, Map.of());

        assertSays("target topic 'orders' has 2 partitions, the restore needs 3", refused());
    }

    @Test
    void b7SeveralTopicsIntoOneAreInputsOfOneTask() {
        world.topic("b", 1).segment("b", 0, 0, 1, 5);
        world.topic("a", 1).segment("a", 0, 0, 1, 5);
        world.topicMapping = Map.of("a", "c", "b", "c");

        RestorePlan plan = planned();

        assertEquals(1, plan.tasks().size());
        assertEquals(
                List.of(new TopicPartition("a", 0), new TopicPartition("b", 0)),
                plan.tasks().get(0).sources());
        assertSays("c: takes in [a, b]; its configs are those of a", plan.notes());
    }

    @Test
    void b7SeveralPartitionsIntoOneAreInputsOfOneTask() {
        world.topic("a", 2).segment("a", 0, 0, 1, 5).segment("a", 1, 0, 1, 5);
        world.partitionMapping = Map.of(1, 0);

        assertEquals(
                List.of(new TopicPartition("a", 0), new TopicPartition("a", 1)),
                planned().tasks().get(0).sources());
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
        return planned().tasks().stream()
                .filter(task -> task.target().partition() == target)
                .flatMap(task -> task.sources().stream())
                .map(TopicPartition::partition)
                .toList();
    }

    @Test
    void a20EachTargetPartitionReadsOnlyWhatCanReachIt() {
        repartitioned(6, 12, false);
        assertEquals(12, topic(planned(), "orders").partitions());
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
        assertEquals(new Routing(0, 6), planned().tasks().get(0).inputs().get(0).routing());
    }

    @Test
    void a20TheSameNumberOfPartitionsStaysAsItIs() {
        repartitioned(3, 3, false);

        assertEquals(List.of(2), into(2));
        assertEquals(null, planned().tasks().get(0).inputs().get(0).routing());
    }

    @Test
    void repartitioningIsKeyedByTheTarget() {
        repartitioned(3, 6, false);
        world.topicMapping = Map.of("orders", "restored");

        assertSays("repartitioning names target topic 'orders', into which nothing is restored", refused());
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

        RestorePlan plan = planned();

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

        RestorePlan plan = planned();

        assertSays("orders/0 offsets: identical", plan.notes());
        assertSays(
                "orders/1 offsets: identical (the log is made to begin at 100), once 2 offsets of gaps are filled",
                plan.notes());
        assertSays(
                "orders/2 offsets: dense, because keeping its offsets would take 0 fillers and 49990 markers",
                plan.notes());
        assertSays("orders/3 offsets: dense, because the target partition holds records (0 to 1)", plan.notes());
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

        assertSays(
                "orders/1 cannot keep the source's offsets: the target partition's log ends at 9, behind the archive's first"
                        + " offset 5",
                refused());
        world.partitionMapping = Map.of(1, 0);
        assertSays("orders/0 cannot keep the source's offsets: several source partitions flow into it", refused());
    }

    @Test
    void anUnknownTopicInTheMappingIsRefused() {
        world.topic("orders", 1);
        world.topicMapping = Map.of("odrers", "restored");

        assertSays("topic_mapping names 'odrers', which backup 'backup-1' does not hold", refused());
    }

    @Test
    void aMissingTopicThatMayNotBeMadeIsRefused() {
        world.topic("orders", 3);
        world.createTopics = false;

        assertSays("target topic 'orders' does not exist and create_topics is false: create it with 3", refused());
    }

    @Test
    void aSelectionOfNothingIsRefused() {
        world.topic("orders", 1);
        world.include = List.of("payments");

        assertSays("no topic of backup 'backup-1' is selected; it holds [orders]", refused());
    }

    /** A person mends all of it at once. */
    @Test
    void everyReasonIsGiven() {
        world.topic("a", 3).topic("b", 1);
        world.target.createTopic("a", 2, 1, Map.of());
        world.createTopics = false;
        world.topicMapping = Map.of("c", "d");

        assertEquals(3, refused().size());
    }

    @Test
    void theTargetTopicsAreKnownBeforehand() {
        world.topic("a", 1).topic("b", 1).topic("c", 1);
        world.include = List.of("a", "b");
        world.topicMapping = Map.of("a", "x");

        assertEquals(Set.of("x", "b"), world.targetTopics());
    }

    @Test
    void partitionsThatNoTopicHasAreNamed() {
        world.topic("orders", 3).segment("orders", 0, 0, 10, 500);
        world.sourcePartitions = Set.of(7);
        assertSays("source_partitions names [7], but no selected topic has such a partition", refused());
        assertSays("{orders=3}", refused());

        world.topic("wide", 8).segment("wide", 7, 0, 10, 500);
        assertSays(
                "topic orders has 3 partitions, none of them is one of source_partitions [7]",
                planned().notes());

        world.sourcePartitions = Set.of();
        world.partitionMapping = Map.of(9, 0);
        assertSays("partition_mapping names [9]", refused());
    }

    @Test
    void kafkasOwnTopicsAreNotWrittenTo() {
        world.topic("orders", 1).segment("orders", 0, 0, 10, 500);
        world.topicMapping = Map.of("orders", "__consumer_offsets");
        assertSays("target topic '__consumer_offsets' is Kafka's own", refused());
        world.topicMapping = Map.of("orders", "__transaction_state");
        assertSays("target topic '__transaction_state' is Kafka's own", refused());
    }
}
