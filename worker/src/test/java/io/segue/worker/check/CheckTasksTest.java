package io.segue.worker.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.CheckTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.TaskResult.Checked;
import io.segue.protocol.job.TaskResult.Finding;
import io.segue.protocol.job.ValidationSpec;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentWriter;
import io.segue.protocol.segment.WrittenSegment;
import io.segue.worker.log.ScriptedLog;
import io.segue.worker.log.SteppingTime;
import io.segue.worker.task.OneTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTasksTest {
    @TempDir
    private Path spool;

    private final SteppingTime time = new SteppingTime();
    private final List<SegmentRef> segments = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();

    @Test
    void everyRecordIsRead() throws IOException {
        segment("a", 0, 1, 2);
        segment("b", 5, 9);
        Checked checked = checked(world());
        assertEquals(new Checked(2, 5, segments.get(0).size() + segments.get(1).size(), List.of(), 0, 0), checked);
    }

    @Test
    void damageIsNamedWithKeyAndPlaceAndTheOthersAreRead() throws IOException {
        segment("a", 0, 1, 2);
        segment("b", 5, 9);
        contents.get(0)[50] ^= 1;
        Checked checked = checked(world());
        assertEquals(1, checked.damages());
        assertEquals(2, checked.records());
        Finding finding = checked.findings().get(0);
        assertEquals("a", finding.key());
        assertTrue(finding.damage() && finding.message().startsWith("has CRC "), finding.message());
    }

    @Test
    void whatTheManifestSaysIsCompared() throws IOException {
        segment("a", 0, 1, 2);
        SegmentRef real = segments.get(0);
        segments.set(0, new SegmentRef("a", 1, 2, 2, real.size()));
        assertEquals(
                "the manifest says 2, the header 3 records; the manifest begins at 1, the header at 0;"
                        + " the manifest says 2, the segment holds 3 records;"
                        + " the manifest begins at 1, the first record has 0 as offset",
                checked(world()).findings().get(0).message());
    }

    @Test
    void aMissingSegmentIsAFinding() throws IOException {
        segment("a", 0);
        segments.add(new SegmentRef("gone", 5, 9, 5, 100));
        contents.add(new byte[0]);
        OneTask world = world();
        world.storage.delete("gone");
        assertEquals(
                List.of(new Finding(true, "gone", "is missing")), checked(world).findings());
    }

    @Test
    void findingsBeyondTheLimitAreCounted() throws IOException {
        for (int i = 0; i < Checked.MAX_FINDINGS + 5; i++) {
            segments.add(new SegmentRef("gone-" + i, i, i, 1, 100));
            contents.add(new byte[0]);
        }
        OneTask world = world();
        segments.forEach(segment -> world.storage.delete(segment.key()));
        Checked checked = checked(world);
        assertEquals(Checked.MAX_FINDINGS, checked.findings().size());
        assertEquals(Checked.MAX_FINDINGS + 5, checked.damages());
    }

    @Test
    void aStopIsObeyedBetweenSegments() throws IOException {
        segment("a", 0, 1, 2);
        segment("b", 5, 9);
        OneTask world = world();
        world.stopWhen(() -> world.records() == 3);
        assertInstanceOf(Released.class, world.run(CheckTask.class, new CheckTasks(spool, time)));
        assertEquals(3, world.records());
    }

    private Checked checked(OneTask world) {
        Done done = assertInstanceOf(Done.class, world.run(CheckTask.class, new CheckTasks(spool, time)));
        return assertInstanceOf(Checked.class, done.result());
    }

    private OneTask world() {
        OneTask world = new OneTask(
                new ValidationSpec("b1", "0f"),
                new CheckTask("orders-0", new TopicPartition("orders", 0), segments),
                time);
        for (int i = 0; i < segments.size(); i++) {
            world.storage.put(segments.get(i).key(), contents.get(i));
        }
        return world;
    }

    private void segment(String key, long... offsets) throws IOException {
        Path file = spool.resolve(key);
        try (SegmentWriter writer = SegmentWriter.create(file, SegmentCompression.NONE, 3)) {
            for (long offset : offsets) {
                writer.append(ScriptedLog.record(offset));
            }
            WrittenSegment written = writer.finish();
            segments.add(
                    new SegmentRef(key, offsets[0], offsets[offsets.length - 1], offsets.length, written.fileSize()));
        }
        contents.add(Files.readAllBytes(file));
        Files.delete(file);
    }
}
