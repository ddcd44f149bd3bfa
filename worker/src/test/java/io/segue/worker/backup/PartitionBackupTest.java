package io.segue.worker.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.backup.PartitionBackups.Watch;
import io.segue.protocol.backup.PartitionOutcome;
import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentLimits;
import io.segue.protocol.segment.SegmentReader;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import io.segue.protocol.segment.SegmentRotation;
import io.segue.protocol.segment.StoredSegment;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.time.Time;
import io.segue.worker.backup.SourceLog.Read;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionBackupTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 3);

    @TempDir
    private Path directory;

    private Path spool = Path.of("");
    private FileStore store = new FileStore(Path.of("unused"));
    private final SteppingTime time = new SteppingTime();
    private final Counting watch = new Counting();

    @BeforeEach
    void directories() throws IOException {
        spool = Files.createDirectory(directory.resolve("spool"));
        store = new FileStore(Files.createDirectory(directory.resolve("store")));
    }

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
        assertEquals(4, watch.records);
        assertTrue(log.closed());
        assertNoSpoolFiles();
    }

    @Test
    void anEndBehindMarkersAndAbortedDataIsReachedByPosition() throws IOException {
        ScriptedLog log = new ScriptedLog().records(6, 5).records(9).records(20);
        assertEquals(List.of(5L), offsets(stored(log, 5, 20).segments()));
    }

    @Test
    void aRangeWithoutAnyRecordHasNoSegment() {
        ScriptedLog log = new ScriptedLog().records(20);
        assertEquals(new Manifest.Partition(3, List.of(), List.of()), stored(log, 5, 20));
    }

    @Test
    void anEmptyRangeIsNotEvenOpened() {
        PartitionBackup backup = backup((partition, from) -> {
            throw new AssertionError("opened");
        });
        assertInstanceOf(PartitionOutcome.Stored.class, backup.backUp(new PartitionRange(PARTITION, 8, 8), watch));
    }

    @Test
    void fullSegmentsAreStoredOneAfterTheOther() throws IOException {
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
    void offsetsDeletedMeanwhileBecomeAGap() throws IOException {
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
        assertTrue(failure(log).contains("orders/3: the log does not reach offset 6 any more"));
    }

    @Test
    void aPartitionThatYieldsNothingFailsInTheEnd() {
        ScriptedLog log = new ScriptedLog().records(6, 5);
        assertTrue(failure(log).contains("orders/3: nothing came for 120 s at offset 6 of 100"));
    }

    @Test
    void failuresOfTheSourceAreOutcomesAndLeaveNoFile() {
        ScriptedLog log = new ScriptedLog().records(6, 5).then(() -> {
            throw new KafkaFailure("the broker is gone", true, null);
        });
        assertEquals("orders/3: the broker is gone", failure(log));
        assertNoSpoolFiles();
    }

    @Test
    void aStopIsObeyedBetweenReads() {
        ScriptedLog log = new ScriptedLog().records(6, 5).records(7, 6);
        watch.stopAfter = 1;
        assertInstanceOf(
                PartitionOutcome.Stopped.class, backup(log).backUp(new PartitionRange(PARTITION, 5, 100), watch));
        assertEquals(1, watch.records);
        assertTrue(log.closed());
        assertNoSpoolFiles();
    }

    @Test
    void recordsKeepNullsHeadersAndTimestamps() throws IOException {
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", new byte[] {1}).add("h", null).add("h", new byte[0]);
        ConsumerRecord<byte[], byte[]> tombstone = new ConsumerRecord<byte[], byte[]>(
                "orders", 3, 5, 77L, TimestampType.CREATE_TIME, 1, -1, bytes("k"), null, headers, Optional.empty());
        ConsumerRecord<byte[], byte[]> keyless = new ConsumerRecord<byte[], byte[]>(
                "orders",
                3,
                6,
                -1L,
                TimestampType.CREATE_TIME,
                -1,
                0,
                null,
                bytes(""),
                new RecordHeaders(),
                Optional.empty());
        ScriptedLog log = new ScriptedLog().records(7, List.of(tombstone, keyless));

        assertEquals(
                List.of(
                        new SegmentRecord(
                                5,
                                77,
                                ByteBuffer.wrap(bytes("k")),
                                null,
                                List.of(
                                        new RecordHeader("h", ByteBuffer.wrap(new byte[] {1})),
                                        new RecordHeader("h", null),
                                        new RecordHeader("h", ByteBuffer.allocate(0)))),
                        new SegmentRecord(6, -1, null, ByteBuffer.allocate(0), List.of())),
                records(stored(log, 5, 7).segments()));
    }

    @Test
    void offsetHeadersOfThePeerAreAddedWhereAskedFor() throws IOException {
        ScriptedLog log = new ScriptedLog().records(259, 258);
        PartitionBackup backup = backup(log, OffsetHeaders.of("küche"));
        Manifest.Partition partition = assertInstanceOf(
                        PartitionOutcome.Stored.class, backup.backUp(new PartitionRange(PARTITION, 258, 259), watch))
                .partition();
        assertEquals(
                List.of(
                        new RecordHeader("x-original-offset", ByteBuffer.wrap(new byte[] {2, 1, 0, 0, 0, 0, 0, 0})),
                        new RecordHeader(
                                "x-original-timestamp", ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1})),
                        new RecordHeader("x-source-cluster", ByteBuffer.wrap(bytes("küche")))),
                records(partition.segments()).get(0).headers());
    }

    private Manifest.Partition stored(ScriptedLog log, long start, long end) {
        return assertInstanceOf(
                        PartitionOutcome.Stored.class,
                        backup(log).backUp(new PartitionRange(PARTITION, start, end), watch))
                .partition();
    }

    private String failure(ScriptedLog log) {
        return assertInstanceOf(
                        PartitionOutcome.Failed.class, backup(log).backUp(new PartitionRange(PARTITION, 5, 100), watch))
                .message();
    }

    private PartitionBackup backup(SourceLog.Opener log) {
        return backup(log, OffsetHeaders.NONE);
    }

    private PartitionBackup backup(SourceLog.Opener log, OffsetHeaders headers) {
        BackupSettings settings = new BackupSettings(
                "b1",
                new SegmentRotation(1 << 20, 4),
                SegmentCompression.LZ4,
                3,
                headers,
                spool,
                Duration.ofMinutes(2));
        return new PartitionBackup(log, store, settings, time);
    }

    private List<Long> offsets(List<Manifest.Segment> segments) throws IOException {
        return records(segments).stream().map(SegmentRecord::offset).toList();
    }

    private List<SegmentRecord> records(List<Manifest.Segment> segments) {
        List<SegmentRecord> records = new ArrayList<>();
        for (Manifest.Segment segment : segments) {
            StoredSegment bytes = StoredSegment.of(store.read(segment.key(), 1 << 20));
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Stops after some calls, counts what it is told. */
    private static final class Counting implements Watch {
        private int stopAfter = Integer.MAX_VALUE;
        private int asked;
        private long records;

        @Override
        public boolean stopRequested() {
            return asked++ >= stopAfter;
        }

        @Override
        public void advanced(long more, long bytes) {
            records += more;
        }
    }

    /** One second passes with every look at the monotonic clock; the wall clock stands at 1 s. */
    private static final class SteppingTime implements Time {
        private long seconds;

        @Override
        public long wallMillis() {
            return 1_000;
        }

        @Override
        public long nanos() {
            return ++seconds * 1_000_000_000L;
        }

        @Override
        public void pause(Duration duration) {
            throw new AssertionError("waits");
        }
    }
}
