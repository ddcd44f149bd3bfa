package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.RestoreTask.Preserve;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.worker.append.AppendSteps.Step;
import io.segue.worker.append.ModelPartition.Fate;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.restore.RestoreWorld.Death;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records get the offsets that they had: the head of the log is filled and deleted, gaps become control markers. */
class B13PreservedOffsetsTest {
    private static final List<List<SegmentRecord>> GAPS =
            List.of(Records.range(7, 11), Records.range(13, 17), Records.range(20, 24));

    private static RestoreWorld world(List<List<SegmentRecord>> segments, long mostFilled, boolean strict) {
        return new RestoreWorld(segments, new Preserve(7, mostFilled, strict));
    }

    @Test
    void aContiguousArchiveIsIdenticalAndTheOnlyMarkerIsInItsHead() {
        RestoreWorld world = world(List.of(Records.range(7, 11), Records.range(12, 30)), 0, true);

        assertInstanceOf(Sealed.class, world.runUndisturbed());

        world.assertRestored();
        world.assertIdentical();
        assertEquals(7, world.broker.logStart());
        assertEquals(1, world.broker.markers());
    }

    @Test
    void gapsBecomeMarkers() {
        RestoreWorld world = world(GAPS, 3, true);

        assertInstanceOf(Sealed.class, world.runUndisturbed());

        world.assertRestored();
        world.assertIdentical();
        assertEquals(4, world.broker.markers());
    }

    @Test
    void beyondTheLimitRecordsMoveUp() {
        RestoreWorld world = world(GAPS, 1, true);

        assertInstanceOf(Sealed.class, world.runUndisturbed());

        world.assertRestored();
        List<Long> offsets = Records.offsets(world.broker.records());
        assertEquals(List.of(13L, 14L, 15L, 16L, 17L, 18L, 19L), offsets.subList(5, 12));
        assertEquals(2, world.broker.markers());
    }

    /** The fence of a second attempt takes the head's last offset, wherever the first died before its attach was journaled. */
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"BEFORE_HEAD_FILL", "AFTER_HEAD_FILL", "BEFORE_FENCE"})
    void aDeathInTheHeadCostsNoOffset(Step step) {
        RestoreWorld world = world(List.of(Records.range(7, 30)), 0, true);
        assertTrue(dies(world, step, 1));

        assertInstanceOf(Sealed.class, world.runUndisturbed());

        world.assertRestored();
        world.assertIdentical();
        assertEquals(7, world.broker.logStart());
    }

    /** Dies at each step, at its first, second … time: the next attempts end identical, or say why they cannot. */
    @ParameterizedTest
    @EnumSource(Step.class)
    void diesAtTheStepOnceAndAgain(Step step) {
        boolean dies = true;
        for (int occurrence = 1; dies; occurrence++) {
            RestoreWorld world = world(GAPS, 10, false);
            dies = dies(world, step, occurrence);
            dies(world, step, occurrence);
            TaskEvent end = world.runUndisturbed();

            assertInstanceOf(Sealed.class, end, end::toString);
            world.assertRestored();
            assertEquals(7, world.broker.logStart());
            assertShiftedLess(world);
        }
    }

    /** A fence moves records up by its offset at most, until a gap takes it in. */
    private static void assertShiftedLess(RestoreWorld world) {
        for (int i = 0; i < world.expected.size(); i++) {
            long shift = world.broker.records().get(i).offset()
                    - world.expected.get(i).offset();
            assertTrue(shift >= 0 && shift <= 2, "record " + i + " is shifted by " + shift);
        }
    }

    private static boolean dies(RestoreWorld world, Step deadly, int occurrence) {
        if (world.events().stream().anyMatch(Sealed.class::isInstance)) {
            return false;
        }
        AtomicInteger reached = new AtomicInteger();
        try {
            world.run(world.grant(), Faults.NONE, step -> {
                if (step == deadly && reached.incrementAndGet() == occurrence) {
                    throw new Death();
                }
            });
            return false;
        } catch (Death death) {
            return true;
        }
    }

    /** The fence after a crash falls into the gap before the next record, and takes one of its offsets. */
    @Test
    void aFenceInAGapCostsNothing() {
        RestoreWorld world = world(GAPS, 10, true);
        dies(world, Step.BEFORE_GAP_FILL, 1);

        assertInstanceOf(Sealed.class, world.runUndisturbed());

        world.assertRestored();
        world.assertIdentical();
    }

    @Test
    void withNoGapInReachStrictFailsAndNamesTheOffset() {
        RestoreWorld world = world(List.of(Records.range(7, 30)), 10, true);
        dies(world, Step.BEFORE_PRODUCE, 3);

        Failed failed = assertInstanceOf(Failed.class, world.runUndisturbed());

        assertTrue(failed.message().contains("source offset 11 cannot be kept"), failed.message());
        assertEquals(false, failed.retryable());
    }

    /** Whatever becomes of the fillers' batches on their way, the log begins where it must, or the attempt breaks. */
    @Test
    void fillersOfUncertainFateAreFencedOff() {
        int identical = 0;
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            RestoreWorld world = world(GAPS, 10, false);
            Faults faults = new Faults() {
                @Override
                public Fate fate() {
                    Fate[] fates = {Fate.ACKNOWLEDGED, Fate.ACK_LOST, Fate.LOST, Fate.LATE};
                    return random.nextInt(3) == 0 ? fates[random.nextInt(fates.length)] : Fate.ACKNOWLEDGED;
                }
            };
            List<TaskEvent> ends = new ArrayList<>();
            for (int attempt = 0; attempt < 5 && !(world.events().size() > 0 && ends(world)); attempt++) {
                world.run(world.grant(), attempt < 3 ? faults : Faults.NONE, step -> {});
                world.broker.deliverLate();
                ends.add(world.last());
            }
            if (world.last() instanceof Sealed) {
                world.assertRestored();
                identical++;
            } else {
                assertTrue(
                        world.last() instanceof Failed failed
                                && failed.message().contains("cannot be kept"),
                        "seed " + seed + ": " + ends);
            }
        }
        assertTrue(identical > 350, "identical or shifted " + identical + " of 400");
    }

    private static boolean ends(RestoreWorld world) {
        return world.last() instanceof Sealed || (world.last() instanceof Failed failed && !failed.retryable());
    }
}
