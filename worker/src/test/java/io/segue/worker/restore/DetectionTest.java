package io.segue.worker.restore;

import static io.segue.worker.restore.RestoreWorld.BASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.worker.append.AppendSteps.Step;
import io.segue.worker.append.ModelPartition.Fate;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.append.ModelPartition.Operation;
import io.segue.worker.restore.RestoreWorld.Death;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where an assumption of exactly-once fails, the task says so, names the place, and never calls itself done. */
class DetectionTest {
    private final RestoreWorld world = new RestoreWorld(List.of(Records.range(5, 11), Records.range(20, 24)));

    /** Acts at the n-th append, before it or after it. */
    private static Faults atAppend(int number, Fate fate, Runnable before, Runnable after) {
        return new Faults() {
            private int appends;

            @Override
            public void before(Operation operation) {
                appends += operation == Operation.APPEND ? 1 : 0;
                if (operation == Operation.APPEND && appends == number) {
                    before.run();
                }
            }

            @Override
            public void after(Operation operation) {
                if (operation == Operation.APPEND && appends == number) {
                    after.run();
                }
            }

            @Override
            public Fate fate() {
                return appends == number ? fate : Fate.ACKNOWLEDGED;
            }
        };
    }

    private static void nothing() {}

    private Failed failed(Faults faults) {
        world.run(world.grant(), faults, step -> {});
        return assertInstanceOf(Failed.class, world.last());
    }

    private void foreign() {
        world.broker.foreign(Records.at(999));
    }

    private static void assertSays(String part, Failed failed) {
        assertTrue(failed.message().contains(part), failed.message());
    }

    @Test
    void recordsOfOthersBeforeTheFirst() {
        foreign();

        Failed failed = failed(Faults.NONE);

        assertSays("records that this job did not write stand at offsets 40 to 40", failed);
        assertFalse(failed.retryable());
        assertEquals(RestoreWorld.TARGET.toString(), failed.place());
        assertEquals(1, world.broker.records().size());
    }

    @Test
    void recordsOfOthersBetweenTwoBatches() {
        Failed failed = failed(atAppend(3, Fate.ACKNOWLEDGED, this::foreign, DetectionTest::nothing));

        assertSays("somebody else wrote", failed);
        assertFalse(failed.retryable());
    }

    @Test
    void recordsOfOthersBehindTheLast() {
        Failed failed = failed(atAppend(6, Fate.ACKNOWLEDGED, DetectionTest::nothing, this::foreign));

        assertSays("records that this job did not write", failed);
    }

    /** As many as the batch that did not arrive: only their content tells. */
    @Test
    void recordsOfOthersInThePlaceOfALostBatch() {
        Failed failed = failed(atAppend(3, Fate.LOST, DetectionTest::nothing, () -> {
            foreign();
            foreign();
        }));

        assertSays("record number 5 of this task is not what the log holds there", failed);
        assertFalse(failed.retryable());
    }

    @Test
    void recordsOfOthersThatTheNextAttemptFinds() {
        dieAfterBatches(2);
        foreign();

        Failed failed = failed(Faults.NONE);

        assertSays("record number 4 of this task is not what the log holds there", failed);
    }

    @Test
    void acknowledgedRecordsThatAreGoneForTheNextAttempt() {
        world.stopped = () -> world.broker.records().size() >= 4;
        world.run(world.grant(), Faults.NONE, step -> {});
        world.stopped = () -> false;
        world.broker.truncate(BASE + 3);

        Failed failed = failed(Faults.NONE);

        assertSays("holds 3 records of this task, but 4 were acknowledged", failed);
        assertFalse(failed.retryable());
    }

    @Test
    void allAcknowledgedRecordsGoneForTheNextAttempt() {
        world.stopped = () -> world.broker.records().size() >= 4;
        world.run(world.grant(), Faults.NONE, step -> {});
        world.stopped = () -> false;
        world.broker.truncate(BASE);

        assertSays("holds 0 records of this task, but 4 were acknowledged", failed(Faults.NONE));
    }

    @Test
    void acknowledgedRecordsThatAreGoneWithinAnAttempt() {
        Failed failed = failed(atAppend(3, Fate.LOST, DetectionTest::nothing, () -> world.broker.truncate(BASE + 2)));

        assertSays("holds 2 records of this task, but 4 were acknowledged", failed);
    }

    /** Records of more than a day: the leader has forgotten the fence, so a batch of an older epoch slips in. */
    @Test
    void aBatchThatSlippedInBehindAFence() {
        dieWithABatchOnItsWay();
        Failed failed = failed(atAppend(
                1,
                Fate.ACKNOWLEDGED,
                () -> {
                    world.broker.forgetProducers();
                    world.broker.deliverLate();
                },
                DetectionTest::nothing));

        assertSays("somebody else wrote", failed);
    }

    @Test
    void withoutForgettingTheBatchIsTurnedAway() {
        dieWithABatchOnItsWay();
        world.run(
                world.grant(),
                atAppend(1, Fate.ACKNOWLEDGED, world.broker::deliverLate, DetectionTest::nothing),
                step -> {});

        world.assertRestored();
    }

    @Test
    void aBatchThatTheBrokerRejects() {
        Failed failed = failed(atAppend(2, Fate.REJECTED, DetectionTest::nothing, DetectionTest::nothing));

        assertEquals("orders/3 source offsets 7 to 8", failed.place());
        assertSays("MESSAGE_TOO_LARGE", failed);
        assertFalse(failed.retryable());
    }

    @Test
    void aBrokerThatNeverAnswersIsGivenUpForNow() {
        Failed failed = failed(new Faults() {
            @Override
            public Fate fate() {
                return Fate.LOST;
            }
        });

        assertSays("no acknowledgement in 16 tries", failed);
        assertTrue(failed.retryable());
        assertTrue(world.time.passed().toSeconds() >= 30, "it waited between the tries");
    }

    @Test
    void anEmptyTaskIsSealedAndLeavesNothing() {
        RestoreWorld empty = new RestoreWorld(List.of());

        empty.runUndisturbed();

        empty.assertRestored();
        assertEquals(BASE, empty.broker.end());
    }

    @Test
    void anEmptyTaskSurvivesADeath() {
        RestoreWorld empty = new RestoreWorld(List.of(List.of()));
        assertThrows(
                Death.class,
                () -> empty.run(empty.grant(), Faults.NONE, step -> {
                    if (step == Step.BEFORE_SEAL) {
                        throw new Death();
                    }
                }));

        empty.runUndisturbed();

        empty.assertRestored();
    }

    @Test
    void recordsOfOthersInAnEmptyTask() {
        RestoreWorld empty = new RestoreWorld(List.of());
        empty.broker.foreign(Records.at(1));

        TaskEvent end = empty.runUndisturbed();

        assertInstanceOf(Failed.class, end);
    }

    @Test
    void repeatsAreCounted() {
        RestoreWorld overlapping = new RestoreWorld(List.of(Records.range(1, 6), Records.range(4, 9)));

        Sealed sealed = assertInstanceOf(Sealed.class, overlapping.runUndisturbed());

        overlapping.assertRestored();
        assertEquals(9, sealed.count());
        assertEquals(3, sealed.repeats());
    }

    private void dieAfterBatches(int batches) {
        int[] produced = {0};
        assertThrows(
                Death.class,
                () -> world.run(world.grant(), Faults.NONE, step -> {
                    if (step == Step.AFTER_PRODUCE && ++produced[0] == batches) {
                        throw new Death();
                    }
                }));
    }

    private void dieWithABatchOnItsWay() {
        assertThrows(
                Death.class,
                () -> world.run(
                        world.grant(),
                        atAppend(2, Fate.LATE, DetectionTest::nothing, () -> {
                            throw new Death();
                        }),
                        step -> {}));
    }
}
