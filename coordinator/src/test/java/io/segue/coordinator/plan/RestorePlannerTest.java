package io.segue.coordinator.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.plan.RestorePlan.Outcome;
import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.protocol.job.RestoreTask;
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
        assertEquals(List.of(), plan.notes());
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
                planned().tasks().get(0).segments().stream()
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
        assertEquals(new TopicPartition("orders", 1), plan.tasks().get(1).source());
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
    void twoTopicsIntoOneAreRefused() {
        world.topic("a", 1).segment("a", 0, 0, 1, 5);
        world.topic("b", 1).segment("b", 0, 0, 1, 5);
        world.topicMapping = Map.of("a", "c", "b", "c");

        assertSays("two source topics flow into target topic 'c'", refused());
        assertSays("both a/0 and b/0 flow into target partition c/0", refused());
    }

    @Test
    void twoPartitionsIntoOneAreRefused() {
        world.topic("a", 2).segment("a", 0, 0, 1, 5).segment("a", 1, 0, 1, 5);
        world.partitionMapping = Map.of(1, 0);

        assertSays("both a/0 and a/1 flow into target partition a/0", refused());
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
}
