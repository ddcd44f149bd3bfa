package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Rebased;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.worker.append.AppendSteps.Step;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.restore.RestoreWorld.Death;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rebuild: what stands in the partition is deleted and restored again, whoever dies and wakes meanwhile. */
class RebuildTest {
    private static RestoreWorld world() {
        return new RestoreWorld(List.of(Records.range(5, 11), Records.range(20, 24)));
    }

    /** Restored, but for a record of somebody else's among the job's. */
    private static RestoreWorld spoilt() {
        RestoreWorld world = world();
        dies(world, Step.AFTER_PRODUCE, 2);
        world.broker.foreign(Records.at(999));
        assertInstanceOf(Failed.class, world.runUndisturbed());
        return world;
    }

    private static boolean dies(RestoreWorld world, Step deadly, int occurrence) {
        AtomicInteger reached = new AtomicInteger();
        try {
            world.run(world.grant(), Faults.NONE, step -> {
                world.leader.elapse(Duration.ofSeconds(6));
                if (step == deadly && reached.incrementAndGet() == occurrence) {
                    throw new Death();
                }
            });
            return false;
        } catch (Death death) {
            return true;
        }
    }

    @Test
    void aSpoiltPartitionIsExactAgain() {
        RestoreWorld world = spoilt();
        world.rebuild(1);

        assertInstanceOf(Sealed.class, world.runUndisturbed());

        world.assertRebuilt();
    }

    @Test
    void aSealedPartitionCanBeRebuiltAndRebuiltAgain() {
        RestoreWorld world = world();
        world.runUndisturbed();
        for (int order = 1; order <= 2; order++) {
            world.rebuild(order);
            assertInstanceOf(Sealed.class, world.runUndisturbed());
            world.assertRebuilt();
        }
        assertEquals(
                2, world.events().stream().filter(Rebased.class::isInstance).count());
    }

    /** Dies at the first, then at the second … time that the step is reached, as long as it is. */
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BEFORE_HEAD_FILL", "AFTER_HEAD_FILL", "BEFORE_GAP_FILL"})
    void diesAtTheStepOnceAndAgain(Step step) {
        int deaths = 1;
        int occurrence = 1;
        for (; deaths > 0; occurrence++) {
            RestoreWorld world = spoilt();
            world.rebuild(1);
            deaths = 0;
            for (int attempt = 0; attempt < 2; attempt++) {
                deaths += dies(world, step, occurrence) ? 1 : 0;
            }
            world.runUndisturbed();

            world.assertRebuilt();
        }
        assertTrue(occurrence > 2, "the step is never reached");
    }

    /** While one sleeps at the step, the operator has the partition rebuilt; then the sleeper wakes. */
    @ParameterizedTest
    @EnumSource(Step.class)
    void anAttemptFromBeforeWritesNothingMore(Step step) {
        int slept = 1;
        for (int occurrence = 1; slept > 0; occurrence++) {
            RestoreWorld world = world();
            AtomicInteger reached = new AtomicInteger();
            AtomicInteger sleeps = new AtomicInteger();
            int wanted = occurrence;
            world.run(world.grant(), Faults.NONE, at -> {
                if (at == step && reached.incrementAndGet() == wanted && !(world.last() instanceof Sealed)) {
                    sleeps.incrementAndGet();
                    world.rebuild(1);
                    world.runUndisturbed();
                }
            });
            slept = sleeps.get();
            if (slept > 0) {
                world.assertRebuilt();
            }
        }
    }

    /** The new attempt sleeps at the step while its successor does all there is to do. */
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"BEFORE_REBASE", "AFTER_REBASE", "AFTER_EMPTIED", "BEFORE_FENCE", "BEFORE_PRODUCE"})
    void aSleeperThatWakesDeletesNothing(Step step) {
        RestoreWorld world = spoilt();
        world.rebuild(1);
        AtomicInteger slept = new AtomicInteger();
        world.run(world.grant(), Faults.NONE, at -> {
            if (at == step && slept.getAndIncrement() == 0) {
                world.runUndisturbed();
            }
        });

        assertTrue(slept.get() > 0, "the step is never reached");
        world.assertRebuilt();
    }

    @Test
    void inATopicThatWasMadeAgainOffsetsStartAnew() {
        RestoreWorld world = world();
        world.runUndisturbed();
        world.topicMadeAgain();
        world.rebuild(1);

        assertInstanceOf(Sealed.class, world.runUndisturbed());

        world.assertRebuilt();
        assertEquals(0, world.broker.markers());
        assertEquals(0, world.broker.records().get(0).offset());
    }

    @Test
    void whatSomebodyWroteToATopicThatWasMadeAgainIsDeleted() {
        RestoreWorld world = world();
        world.runUndisturbed();
        world.topicMadeAgain();
        world.broker.foreign(Records.at(999));
        world.rebuild(1);

        assertInstanceOf(Sealed.class, world.runUndisturbed());

        world.assertRebuilt();
    }

    @Test
    void whoGoesOnProducingMakesItFailAgain() {
        RestoreWorld world = spoilt();
        world.rebuild(1);
        AtomicInteger times = new AtomicInteger();
        world.run(world.grant(), Faults.NONE, step -> {
            if (step == Step.AFTER_EMPTIED && times.getAndIncrement() == 0) {
                world.broker.foreign(Records.at(998));
            }
        });

        Failed failed = assertInstanceOf(Failed.class, world.last());
        assertTrue(failed.message().contains("records that this job did not write"), failed.message());

        world.rebuild(2);
        world.runUndisturbed();
        world.assertRebuilt();
    }

    /** The log has grown past the archive's first offset: where the source's offsets may be given up, it goes on shifted. */
    @Test
    void keptOffsetsAreGivenUpWhereTheyAreTaken() {
        RestoreWorld world = RestoreWorld.keepingOffsets(
                List.of(Records.range(5, 11), Records.range(20, 24)), new InMemoryObjectStore());
        world.runUndisturbed();
        world.rebuild(1);

        assertInstanceOf(Sealed.class, world.runUndisturbed());

        world.assertRebuilt();
        assertTrue(world.neverBelowItsSource());
    }

    @Test
    void keptOffsetsAreKeptInATopicThatWasMadeAgain() {
        RestoreWorld world = RestoreWorld.keepingOffsets(
                List.of(Records.range(5, 11), Records.range(20, 24)), new InMemoryObjectStore());
        world.runUndisturbed();
        world.topicMadeAgain();
        world.rebuild(1);

        assertInstanceOf(Sealed.class, world.runUndisturbed());

        world.assertRebuilt();
        world.assertIdentical();
    }

    @Test
    void whatIsVoidIsNotCounted() {
        RestoreWorld world = world();
        world.runUndisturbed();
        world.rebuild(1);

        List<TaskEvent> events = world.events();
        assertEquals(List.of(), TaskEvent.current(events));
        assertEquals(RestoreWorld.BASE, TaskEvent.base(events, RestoreWorld.BASE));
    }
}
