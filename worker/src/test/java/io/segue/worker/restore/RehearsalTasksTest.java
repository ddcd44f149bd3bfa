package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.segue.protocol.job.RehearsalSpec;
import io.segue.protocol.job.RehearsalTask;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.TaskResult.Rehearsed;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.time.ManualTime;
import io.segue.worker.task.OneTask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** B7: a rehearsal as a worker of a fleet runs it. */
class RehearsalTasksTest {
    private final ManualTime time = new ManualTime();
    /** Every second record by time is of the other input. */
    private final List<List<SegmentRecord>> inputs = List.of(every(0, 12_000), every(1, 12_000));

    private final RehearsalTask task = new RehearsalTask(
            "t-0",
            new RestoreTask("t-0", List.of(input(0), input(1)), new TopicPartition("t", 0), null, 24_000, 0),
            List.of(List.of(6_000L, 0L), List.of(12_000L, 12_000L), List.of(7_000L, 6_000L)));

    private final OneTask world = new OneTask(new RehearsalSpec(Specs.PLAIN), task, time);

    private static List<SegmentRecord> every(int first, int count) {
        List<SegmentRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(Records.at(i, 2L * i + first));
        }
        return records;
    }

    private static Input input(int i) {
        SegmentRef ref = new SegmentRef(Integer.toString(i), 0, 11_999, 12_000, 1);
        return new Input(new TopicPartition("t", i), List.of(ref), null, List.of());
    }

    private RehearsalTasks runner() {
        return new RehearsalTasks(
                (job, refs) -> new ListedSegments(
                        List.of(inputs.get(Integer.parseInt(refs.get(0).key())))),
                time);
    }

    @Test
    void eachGroupIsCounted() {
        Done done = assertInstanceOf(Done.class, world.run(RehearsalTask.class, runner()));

        assertEquals(new Rehearsed(List.of(5_999L, 0L, 999L)), done.result());
        assertEquals(24_000, world.records());
    }

    @Test
    void aStopBreaksItOff() {
        world.stopWhen(() -> world.records() >= 10_000);

        assertInstanceOf(Released.class, world.run(RehearsalTask.class, runner()));

        world.stopWhen(() -> false);
        assertInstanceOf(Done.class, world.run(RehearsalTask.class, runner()));
    }

    @Test
    void aSegmentThatIsNotWhatTheManifestSaysIsNamed() {
        RehearsalTasks broken = new RehearsalTasks(
                (job, refs) -> {
                    throw new UnexpectedSegmentException("b/s-3", "b/s-3 has CRC 1, expected 2");
                },
                time);

        Failed failed = assertInstanceOf(Failed.class, world.run(RehearsalTask.class, broken));

        assertEquals("b/s-3", failed.place());
        assertEquals(false, failed.retryable());
    }
}
