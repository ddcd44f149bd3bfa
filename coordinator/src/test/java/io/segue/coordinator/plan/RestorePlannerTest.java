package io.segue.coordinator.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestorePlannerTest {
    private final PlanWorld world = new PlanWorld();

    @Test
    void aTopicThatIsMissingIsMade() {
        world.topic("orders", 3).segment("orders", 0, 0, 10, 500).segment("orders", 2, 5, 1, 50);

        RestorePlan plan = world.planned();

        assertTrue(PlanWorld.topic(plan, "orders").create());
        assertEquals(3, PlanWorld.topic(plan, "orders").partitions());
        assertEquals(
                List.of("orders-0", "orders-2"),
                plan.tasks().stream().map(RestoreTask::id).toList());
        assertEquals(11, plan.records());
        assertEquals(550, plan.bytes());
        assertEquals(1, plan.notes().size());
        PlanWorld.assertSays("2 of 2 partitions could have the source's own offsets at little cost", plan.notes());
    }

    @Test
    void aTopicThatExistsIsFrozen() {
        world.topic("orders", 1).segment("orders", 0, 0, 10, 500);
        world.target.createTopic("orders", 1, 1, Map.of("retention.ms", "1000"));

        TopicPlan plan = PlanWorld.topic(world.planned(), "orders");

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
                world.planned().tasks().stream().map(RestoreTask::id).toList());
    }

    @Test
    void segmentsAreInTheOrderOfTheirOffsets() {
        world.topic("a", 1)
                .segment("a", 0, 20, 5, 10)
                .segment("a", 0, 0, 20, 10)
                .segment("a", 0, 25, 1, 10);

        assertEquals(
                List.of(0L, 20L, 25L),
                world.planned().tasks().get(0).inputs().get(0).segments().stream()
                        .map(RestoreTask.SegmentRef::startOffset)
                        .toList());
    }

    @Test
    void partitionIdsMayBeSparseAndTheCountUnknown() {
        world.topic("orders", null).segment("orders", 5, 0, 10, 500);

        RestorePlan plan = world.planned();

        assertEquals(6, PlanWorld.topic(plan, "orders").partitions());
        assertEquals(new TopicPartition("orders", 5), plan.tasks().get(0).target());
    }

    @Test
    void anEmptyTopicIsMadeAsWell() {
        world.topic("empty", 4);

        RestorePlan plan = world.planned();

        assertEquals(4, PlanWorld.topic(plan, "empty").partitions());
        assertEquals(List.of(), plan.tasks());
    }

    @Test
    void onlyTheSourcePartitionsThatWereAskedFor() {
        world.topic("orders", 3).segment("orders", 0, 0, 1, 5).segment("orders", 1, 0, 1, 5);
        world.sourcePartitions = Set.of(1);

        RestorePlan plan = world.planned();

        assertEquals(
                List.of("orders-1"), plan.tasks().stream().map(RestoreTask::id).toList());
        assertEquals(3, PlanWorld.topic(plan, "orders").partitions());
    }

    @Test
    void topicsAreRenamedAndPartitionsMoved() {
        world.topic("orders", 2).segment("orders", 0, 0, 1, 5).segment("orders", 1, 0, 1, 4);
        world.topicMapping = Map.of("orders", "restored");
        world.partitionMapping = Map.of(1, 7);

        RestorePlan plan = world.planned();

        assertEquals(8, PlanWorld.topic(plan, "restored").partitions());
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
                world.planned().notes());
    }

    @Test
    void whatIsNotCopiedIsSaid() {
        world.topic("orders", 1).configs("orders", Map.of("min.insync.replicas", "2", "retention.ms", "5"));

        RestorePlan plan = world.planned();

        PlanWorld.assertSays("min.insync.replicas=2 of the source is not copied", plan.notes());
        assertFalse(PlanWorld.topic(plan, "orders").configs().containsKey("min.insync.replicas"));
        assertEquals("5", PlanWorld.topic(plan, "orders").intended().get("retention.ms"));
    }

    @Test
    void anotherPartitionCountIsRefused() {
        world.topic("orders", 3).segment("orders", 0, 0, 1, 5);
        world.target.createTopic("orders", 2, 1, Map.of());

        PlanWorld.assertSays("target topic 'orders' has 2 partitions, the restore needs 3", world.refused());
    }

    @Test
    void anUnknownTopicInTheMappingIsRefused() {
        world.topic("orders", 1);
        world.topicMapping = Map.of("odrers", "restored");

        PlanWorld.assertSays("topic_mapping names 'odrers', which backup 'backup-1' does not hold", world.refused());
    }

    @Test
    void aMissingTopicThatMayNotBeMadeIsRefused() {
        world.topic("orders", 3);
        world.createTopics = false;

        PlanWorld.assertSays(
                "target topic 'orders' does not exist and create_topics is false: create it with 3", world.refused());
    }

    @Test
    void aSelectionOfNothingIsRefused() {
        world.topic("orders", 1);
        world.include = List.of("payments");

        PlanWorld.assertSays("no topic of backup 'backup-1' is selected; it holds [orders]", world.refused());
    }

    /** A person mends all of it at once. */
    @Test
    void everyReasonIsGiven() {
        world.topic("a", 3).topic("b", 1);
        world.target.createTopic("a", 2, 1, Map.of());
        world.createTopics = false;
        world.topicMapping = Map.of("c", "d");

        assertEquals(3, world.refused().size());
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
        PlanWorld.assertSays(
                "source_partitions names [7], but no selected topic has such a partition", world.refused());
        PlanWorld.assertSays("{orders=3}", world.refused());

        world.topic("wide", 8).segment("wide", 7, 0, 10, 500);
        PlanWorld.assertSays(
                "topic orders has 3 partitions, none of them is one of source_partitions [7]",
                world.planned().notes());

        world.sourcePartitions = Set.of();
        world.partitionMapping = Map.of(9, 0);
        PlanWorld.assertSays("partition_mapping names [9]", world.refused());
    }

    @Test
    void kafkasOwnTopicsAreNotWrittenTo() {
        world.topic("orders", 1).segment("orders", 0, 0, 10, 500);
        world.topicMapping = Map.of("orders", "__consumer_offsets");
        PlanWorld.assertSays("target topic '__consumer_offsets' is Kafka's own", world.refused());
        world.topicMapping = Map.of("orders", "__transaction_state");
        PlanWorld.assertSays("target topic '__transaction_state' is Kafka's own", world.refused());
    }
}
