package io.segue.worker.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.job.BackupSpec;
import io.segue.protocol.job.BackupTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.TaskResult.BackedUp;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentLimits;
import io.segue.protocol.segment.SegmentReader;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import io.segue.protocol.segment.StoredSegment;
import io.segue.worker.log.RecordLog;
import io.segue.worker.log.RecordLog.Read;
import io.segue.worker.log.ScriptedLog;
import io.segue.worker.log.SteppingTime;
import io.segue.worker.task.OneTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTasksTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 3);

    @TempDir
    private Path spool;

    private final SteppingTime time = new SteppingTime();
    private OneTask world = world(5, 100, null);

    @Test
    void everyRecordBelowTheEndIsStored() throws IOException {
        ScriptedLog log = new ScriptedLog().records(7, 5, 6).records(7).records(11, 7, 9, 10);

        List<Manifest.Segment> segments = stored(log, 5, 10).segments();

        assertEquals(1, segments.size());
        Manifest.Segment segment = segments.get(0);
        assertEquals("b1/topics/orders/partition=3/segment-00000000000000000005.bin.lz4", segment.key());
        assertEquals(List.of(5L, 6L, 7L, 9L), offsets(segments), "10 is beyond the captured end");
        assertEquals(4, segment.recordCount());
        assertEquals(9, segment.endOffset());
        assertEquals(4, world.records());
        assertTrue(log.closed());
        assertNoSpoolFiles();
    }

    @Test
    void anEndBehindMarkersAndAbortedDataIsReachedByPosition() {
        ScriptedLog log = new ScriptedLog().records(6, 5).records(9).records(20);
        assertEquals(List.of(5L), offsets(stored(log, 5, 20).segments()));
    }

    @Test
    void aRangeWithoutAnyRecordHasNoSegment() {
        ScriptedLog log = new ScriptedLog().records(20);
        assertEquals(new Manifest.Partition(3, List.of(), List.of()), stored(log, 5, 20));
    }

    @Test
    void fullSegmentsAreStoredOneAfterTheOther() {
        ScriptedLog log = new ScriptedLog().records(7, 0, 1, 2, 3, 5, 6);
        List<Manifest.Segment> segments = stored(log, 0, 7).segments();
        assertEquals(
                List.of(4L, 2L),
                segments.stream().map(Manifest.Segment::recordCount).toList());
        assertEquals(
                List.of(0L, 5L),
                segments.stream().map(Manifest.Segment::startOffset).toList());
        assertEquals(List.of(0L, 1L, 2L, 3L, 5L, 6L), offsets(segments));
    }

    @Test
    void offsetsDeletedMeanwhileBecomeAGap() {
        ScriptedLog log = new ScriptedLog()
                .records(6, 5)
                .then(() -> new Read.OutOfRange(6, 9))
                .records(12, 9, 11);
        Manifest.Partition partition = stored(log, 5, 12);
        assertEquals(List.of(new Manifest.Gap(6, 9, "offset_out_of_range", 1_000)), partition.gaps());
        assertEquals(List.of(5L, 9L, 11L), offsets(partition.segments()));
    }

    @Test
    void aGapEndsWithTheRange() {
        ScriptedLog log = new ScriptedLog().then(() -> new Read.OutOfRange(5, 900));
        assertEquals(
                List.of(new Manifest.Gap(5, 12, "offset_out_of_range", 1_000)),
                stored(log, 5, 12).gaps());
    }

    @Test
    void aLogThatBecameShorterFails() {
        ScriptedLog log = new ScriptedLog().records(6, 5).then(() -> new Read.OutOfRange(6, 0));
        assertTrue(failure(log).message().startsWith("the log does not reach offset 6 any more"));
    }

    @Test
    void aPartitionThatYieldsNothingFailsInTheEnd() {
        Failed failure = failure(new ScriptedLog().records(6, 5));
        assertEquals("orders/3", failure.place());
        assertTrue(failure.message().startsWith("nothing came for 120 s at offset 6 of 100"), failure.message());
        assertTrue(failure.retryable());
    }

    @Test
    void failuresOfTheSourceLeaveNoFile() {
        ScriptedLog log = new ScriptedLog().records(6, 5).then(() -> {
            throw new KafkaFailure("the broker is gone", true, null);
        });
        Failed failure = failure(log);
        assertEquals("the broker is gone", failure.message());
        assertTrue(failure.retryable());
        assertNoSpoolFiles();
    }

    @Test
    void aStopIsObeyedBetweenReads() {
        ScriptedLog log = new ScriptedLog().records(6, 5).records(7, 6);
        world.stopWhen(() -> world.records() == 1);
        assertInstanceOf(Released.class, run(log));
        assertTrue(log.closed());
        assertNoSpoolFiles();
    }

    @Test
    void theNextAttemptBeginsAnewUnderKeysOfItsOwn() {
        world.stopWhen(() -> world.records() == 4);
        run(new ScriptedLog().records(9, 5, 6, 7, 8));
        world.stopWhen(() -> false);

        BackedUp second = done(run(new ScriptedLog().records(100, 5, 7)));

        assertEquals(
                List.of("b1/topics/orders/partition=3/segment-00000000000000000005-2.bin.lz4"),
                second.partition().segments().stream()
                        .map(Manifest.Segment::key)
                        .toList());
        assertEquals(List.of(5L, 7L), offsets(second.partition().segments()));
    }

    /** A worker sleeps in the middle of attempt 1; attempt 2 finishes; the sleeper wakes and stores what it held. */
    @Test
    void whatAZombieStoresIsBesideTheResult() {
        int first = world.grant();
        List<BackedUp> finished = new ArrayList<>();
        ScriptedLog sleeper = new ScriptedLog().records(6, 5).then(() -> {
            finished.add(done(run(new ScriptedLog().records(100, 5, 6))));
            return new Read.Records(List.of(ScriptedLog.record(6), ScriptedLog.record(8)), 100);
        });

        TaskEvent last = world.run(first, BackupTask.class, tasks(sleeper));

        assertEquals(2, last.attempt(), "the log took no word of the sleeper");
        assertEquals(finished.get(0), done(last));
        assertEquals(List.of(5L, 6L), offsets(finished.get(0).partition().segments()));
    }

    @Test
    void offsetHeadersOfThePeerAreAddedWhereAskedFor() {
        world = world(258, 259, "küche");
        Manifest.Partition partition =
                done(run(new ScriptedLog().records(259, 258))).partition();
        assertEquals(
                List.of(
                        new RecordHeader("x-original-offset", ByteBuffer.wrap(new byte[] {2, 1, 0, 0, 0, 0, 0, 0})),
                        new RecordHeader(
                                "x-original-timestamp", ByteBuffer.wrap(new byte[] {(byte) 0xea, 4, 0, 0, 0, 0, 0, 0})),
                        new RecordHeader(
                                "x-source-cluster", ByteBuffer.wrap("küche".getBytes(StandardCharsets.UTF_8)))),
                records(partition.segments()).get(0).headers());
    }

    private Manifest.Partition stored(ScriptedLog log, long start, long end) {
        world = world(start, end, null);
        return done(run(log)).partition();
    }

    private Failed failure(ScriptedLog log) {
        return assertInstanceOf(Failed.class, run(log));
    }

    private static BackedUp done(TaskEvent event) {
        return assertInstanceOf(
                BackedUp.class, assertInstanceOf(Done.class, event).result());
    }

    private TaskEvent run(RecordLog.Opener log) {
        return world.run(BackupTask.class, tasks(log));
    }

    private BackupTasks tasks(RecordLog.Opener log) {
        return new BackupTasks(job -> log, spool, time);
    }

    private OneTask world(long start, long end, @Nullable String headerCluster) {
        return new OneTask(
                new BackupSpec(
                        "b1",
                        "source",
                        new BackupSpec.Segments(1 << 20, 4L, SegmentCompression.LZ4, 3, headerCluster),
                        true),
                new BackupTask("orders-3", new PartitionRange(PARTITION, start, end)),
                time);
    }

    private List<Long> offsets(List<Manifest.Segment> segments) {
        return records(segments).stream().map(SegmentRecord::offset).toList();
    }

    private List<SegmentRecord> records(List<Manifest.Segment> segments) {
        List<SegmentRecord> records = new ArrayList<>();
        for (Manifest.Segment segment : segments) {
            StoredSegment bytes = StoredSegment.of(world.storage.read(segment.key(), 1 << 20));
            try (SegmentReader reader = SegmentReader.open(segment.key(), bytes, SegmentLimits.DEFAULT)) {
                for (SegmentRecord record = reader.next(); record != null; record = reader.next()) {
                    records.add(record);
                }
            }
        }
        return records;
    }

    private void assertNoSpoolFiles() {
        try (var files = Files.list(spool)) {
            assertEquals(List.of(), files.toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
