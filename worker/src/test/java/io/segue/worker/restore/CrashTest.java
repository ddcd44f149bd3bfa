package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.worker.append.AppendSteps.Step;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.restore.RestoreWorld.Death;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker dies, or sleeps and wakes, at each step in turn; the next attempts finish the task. */
class CrashTest {
    private static RestoreWorld world() {
        return new RestoreWorld(List.of(Records.range(5, 11), Records.range(20, 24)));
    }

    @Test
    void anUndisturbedRestoreLeavesNoMarker() {
        RestoreWorld world = world();

        assertInstanceOf(Sealed.class, world.runUndisturbed());

        world.assertRestored();
        assertEquals(0, world.broker.markers());
        assertEquals(12, world.progress);
    }

    /** Dies at the first, then at the second … time that the step is reached, as long as it is. */
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "BEFORE_REBASE",
                "AFTER_REBASE",
                "AFTER_EMPTIED",
                "BEFORE_HEAD_FILL",
                "AFTER_HEAD_FILL",
                "BEFORE_GAP_FILL"
            })
    void diesAtTheStepOnceAndAgain(Step step) {
        int deaths = 1;
        int occurrence = 1;
        for (; deaths > 0; occurrence++) {
            RestoreWorld world = world();
            deaths = 0;
            for (int attempt = 0; attempt < 2; attempt++) {
                deaths += dies(world, step, occurrence) ? 1 : 0;
            }
            world.runUndisturbed();

            world.assertRestored();
        }
        assertTrue(occurrence > 2, "the step is never reached");
    }

    private static boolean dies(RestoreWorld world, Step deadly, int occurrence) {
        AtomicInteger reached = new AtomicInteger();
        int attempt = world.grant();
        try {
            world.run(attempt, Faults.NONE, step -> {
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

    /** While one sleeps at the step, the next attempt does all there is to do; then the sleeper wakes. */
    @ParameterizedTest
    @EnumSource(Step.class)
    void aSleeperThatWakesWritesNothing(Step step) {
        int slept = 1;
        for (int occurrence = 1; slept > 0; occurrence++) {
            RestoreWorld world = world();
            dies(world, Step.AFTER_PRODUCE, 1);
            slept = sleepsThroughASuccessor(world, step, occurrence);

            world.assertPrefix();
            assertEquals(12, world.broker.records().size());
            assertEquals(
                    1,
                    world.events().stream().filter(Sealed.class::isInstance).count(),
                    "the sleeper sealed nothing either");
        }
    }

    private static int sleepsThroughASuccessor(RestoreWorld world, Step step, int occurrence) {
        AtomicInteger reached = new AtomicInteger();
        AtomicInteger slept = new AtomicInteger();
        world.run(world.grant(), Faults.NONE, at -> {
            if (at == step && reached.incrementAndGet() == occurrence && !(world.last() instanceof Sealed)) {
                slept.incrementAndGet();
                world.runUndisturbed();
            }
        });
        return slept.get();
    }

    @Test
    void anAttemptThatWasNotGrantedDoesNothing() {
        RestoreWorld world = world();
        world.grant();
        world.grant();

        world.run(1, Faults.NONE, step -> {});

        assertEquals(2, world.events().size());
        assertEquals(List.of(), world.broker.records());
    }

    @Test
    void aStopIsReleasedAndGoesOnWhereItWas() {
        RestoreWorld world = world();
        List<Step> produced = new ArrayList<>();
        world.stopped = () -> produced.size() == 2;
        world.run(world.grant(), Faults.NONE, step -> {
            if (step == Step.AFTER_PRODUCE) {
                produced.add(step);
            }
        });
        assertInstanceOf(Released.class, world.last());
        int held = world.broker.records().size();
        world.stopped = () -> false;

        world.runUndisturbed();

        world.assertRestored();
        assertEquals(4, held);
    }
}
