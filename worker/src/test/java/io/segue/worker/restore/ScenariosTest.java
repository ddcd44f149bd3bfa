package io.segue.worker.restore;

import static io.segue.worker.restore.RestoreWorld.BASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.RestoreTask.Preserve;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.worker.append.AppendSteps.Step;
import io.segue.worker.append.ModelPartition.Fate;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.append.ModelPartition.Operation;
import io.segue.worker.restore.RestoreWorld.Death;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the simulation draws by chance, one by one and by name. The records are 46 days old. */
class ScenariosTest {
    private final RestoreWorld world = new RestoreWorld(List.of(Records.range(5, 11), Records.range(20, 24)));

    /** Acts before the n-th call of an operation; the n-th append comes to this fate. */
    private static final class At implements Faults {
        private final Operation operation;
        private final int number;
        private final Fate fate;
        private final Runnable before;
        private int calls;

        At(Operation operation, int number, Fate fate, Runnable before) {
            this.operation = operation;
            this.number = number;
            this.fate = fate;
            this.before = before;
        }

        @Override
        public void before(Operation called) {
            if (called == operation && ++calls == number) {
                before.run();
            }
        }

        @Override
        public Fate fate() {
            return operation == Operation.APPEND && calls == number ? fate : Fate.ACKNOWLEDGED;
        }
    }

    private static Faults refused(int append, Runnable before) {
        return new At(Operation.APPEND, append, Fate.REFUSED, before);
    }

    private void run(Faults faults) {
        world.run(world.grant(), faults, step -> {});
    }

    private void die(Step deadly, int occurrence) {
        die(world, deadly, occurrence);
    }

    private static void die(RestoreWorld world, Step deadly, int occurrence) {
        int[] reached = {0};
        assertThrows(
                Death.class,
                () -> world.run(world.grant(), Faults.NONE, step -> {
                    if (step == deadly && ++reached[0] == occurrence) {
                        throw new Death();
                    }
                }));
    }

    /** No marker was written, so that the leader knows nothing of the producer. */
    @Test
    void aBatchIsRefusedWhileTheLeaderKnowsNoProducer() {
        run(refused(1, () -> {}));

        world.assertRestored();
    }

    @Test
    void twoInFlightLeaveAHoleThere() {
        world.targetSeen = TwoInFlight::new;

        run(refused(1, () -> {}));

        assertThrows(AssertionError.class, world::assertPrefix);
        assertInstanceOf(Failed.class, world.last(), "the hole is found");
    }

    @Test
    void aBatchIsRefusedAfterTheLeaderForgotTheProducer() {
        run(refused(3, world.broker::expireProducers));

        world.assertRestored();
    }

    @Test
    void twoInFlightLeaveAHoleThereToo() {
        world.targetSeen = TwoInFlight::new;

        run(refused(3, world.broker::expireProducers));

        assertThrows(AssertionError.class, world::assertPrefix);
        assertInstanceOf(Failed.class, world.last(), "the hole is found");
    }

    /** It is the missing producer that makes the second batch pass. */
    @Test
    void whereTheLeaderKnowsTheProducerTheSecondBatchIsRefused() {
        world.targetSeen = TwoInFlight::new;

        run(refused(3, () -> {}));

        world.assertPrefix();
    }

    @Test
    void theLastJournaledMarkerIsTruncated() {
        die(Step.AFTER_PRODUCE, 2);
        die(Step.AFTER_ATTACH_JOURNALED, 1);
        world.broker.truncate(BASE + 4);

        world.runUndisturbed();

        world.assertRestored();
    }

    /** Found by the simulation: an attach was looked up before the fence and counted from after it. */
    @Test
    void theLastJournaledMarkerIsTruncatedJustBeforeTheFence() {
        die(Step.AFTER_PRODUCE, 2);
        die(Step.AFTER_ATTACH_JOURNALED, 1);

        run(new At(Operation.FENCE, 1, Fate.ACKNOWLEDGED, () -> world.broker.truncate(BASE)));

        world.assertRestored();
    }

    /** Found by the simulation: the mapping went on counting from a marker that was not there any more. */
    @Test
    void aMarkerIsTruncatedAndRecordsTakeItsPlace() {
        die(Step.AFTER_PRODUCE, 2);
        At lost = new At(Operation.APPEND, 1, Fate.ACKNOWLEDGED, () -> world.broker.truncate(BASE + 4));
        int[] writes = {0};
        assertThrows(
                Death.class,
                () -> world.run(world.grant(), lost, step -> {
                    if (step == Step.BEFORE_PRODUCE && ++writes[0] == 2) {
                        throw new Death();
                    }
                }));

        world.runUndisturbed();

        world.assertRestored();
    }

    /** Found by the simulation: a fence that nobody journaled was counted as a record, in the place of one that was lost. */
    @Test
    void aRecordIsLostAndAFenceStandsInItsPlace() {
        RestoreWorld single = new RestoreWorld(List.of(Records.range(5, 7)));
        single.oneRecordToABatch();
        die(single, Step.AFTER_ATTACH_JOURNALED, 1);
        die(single, Step.AFTER_FENCE, 1);
        At lost = new At(Operation.APPEND, 2, Fate.ACKNOWLEDGED, () -> {
            single.broker.forgetProducers();
            single.broker.truncate(BASE + 1);
        });
        assertThrows(
                Death.class,
                () -> single.run(single.grant(), lost, step -> {
                    if (step == Step.AFTER_PRODUCE && single.broker.markers() == 1) {
                        throw new Death();
                    }
                }));

        single.runUndisturbed();

        assertInstanceOf(Failed.class, single.last());
    }

    /** Found by the simulation: before its first acknowledgement an attempt took any record for the one before its batch. */
    @Test
    void recordsAreLostAsManyAsAreWrittenInTheirPlace() {
        die(Step.AFTER_PRODUCE, 2);

        run(new At(Operation.APPEND, 1, Fate.ACKNOWLEDGED, () -> world.broker.truncate(BASE + 2)));

        Failed failed = assertInstanceOf(Failed.class, world.last());
        assertTrue(
                failed.message().contains("record number 3 of this task is not what the log holds"), failed.message());
        assertFalse(failed.retryable());
    }

    /** Found by the simulation: a filler came behind the sealed end, where no fence kept it out. */
    @Test
    void aFillerThatIsHeldUpComesToNothing() {
        RestoreWorld filled = new RestoreWorld(List.of(Records.range(7, 11)), new Preserve(7, 100, true));
        filled.run(filled.grant(), new At(Operation.APPEND, 1, Fate.LATE, () -> {}), step -> {});
        assertInstanceOf(Sealed.class, filled.last());

        filled.broker.expireProducers();
        filled.broker.deliverLate();

        filled.assertRestored();
        filled.assertIdentical();
    }

    @Test
    void theTransactionalIdExpiresWhileABatchIsOnItsWay() {
        assertThrows(
                Death.class,
                () -> world.run(world.grant(), new At(Operation.APPEND, 2, Fate.LATE, () -> {}), step -> {
                    if (step == Step.AFTER_PRODUCE && world.broker.records().size() == 2) {
                        throw new Death();
                    }
                }));
        world.broker.forgetTransactionalId();

        run(new At(Operation.APPEND, 1, Fate.ACKNOWLEDGED, world.broker::deliverLate));

        world.assertRestored();
        assertEquals(List.of(), world.broker.slips());
    }
}
