package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.store.StoreException;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.append.ModelPartition.Operation;
import io.segue.worker.append.TargetFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However an attempt ends, the log of the task says how, where, and whether another may do better. */
class RestoreTasksTest {
    private final RestoreWorld world = new RestoreWorld(List.of(Records.range(0, 5)));

    /** Segments of which the second cannot be opened. */
    private Failed failsToRead(RuntimeException failure) {
        world.segments = new SegmentSource() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public OpenSegment open(int index) {
                if (index == 1) {
                    throw failure;
                }
                return new ListedSegments(List.of(Records.range(0, 5))).open(0);
            }

            @Override
            public void close() {}
        };
        return assertInstanceOf(Failed.class, world.runUndisturbed());
    }

    @Test
    void aStoreThatIsAwayMayComeBack() {
        Failed failed = failsToRead(new StoreException.Unavailable("s3://b/k: 503", null));

        assertEquals(new Failed(1, "storage", "s3://b/k: 503", true), failed);
        assertEquals(4, world.broker.records().size(), "what was read is on the target");
        world.assertPrefix();
    }

    @Test
    void aSegmentThatIsNotThereWillNotCome() {
        assertEquals(
                new Failed(1, "storage", "s3://b/k is not there", false),
                failsToRead(new StoreException.NotFound("s3://b/k is not there", null)));
    }

    @Test
    void aSegmentOfAnotherBackupIsNamed() {
        Failed failed = failsToRead(new UnexpectedSegmentException("b1/s1", "holds 3 records"));

        assertEquals(new Failed(1, "b1/s1", "b1/s1: holds 3 records", false), failed);
    }

    @Test
    void aBugIsSaidAndTriedAgain() {
        Failed failed = failsToRead(new IllegalStateException("oops"));

        assertTrue(failed.retryable());
        assertTrue(failed.message().startsWith("internal error: java.lang.IllegalStateException: oops"));
    }

    @Test
    void aTargetThatIsAwayMayComeBack() {
        world.run(
                world.grant(),
                new Faults() {
                    @Override
                    public void before(Operation operation) {
                        if (operation == Operation.NEXT_WRITER) {
                            throw new TargetFailure("no coordinator", true, null);
                        }
                    }
                },
                step -> {});

        assertEquals(new Failed(1, "restored-3", "no coordinator", true), world.last());
        world.runUndisturbed();
        world.assertRestored();
    }

    @Test
    void fragmentsOfAFailedAttemptAreKept() {
        failsToRead(new StoreException.Unavailable("503", null));
        world.segments = new ListedSegments(List.of(Records.range(0, 5)));

        world.runUndisturbed();

        world.assertRestored();
    }
}
