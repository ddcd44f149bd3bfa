package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import io.segue.worker.append.WriterId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchBuilderTest {
    private static final int LIMIT = 10_000;

    private static List<SourceBatch> batches(List<SegmentRecord> records, BatchCompression codec) {
        BatchBuilder builder = new BatchBuilder(
                Sequences.of(List.of(records), Specs.PLAIN, ReadPosition.start(1)), null, codec, LIMIT);
        List<SourceBatch> batches = new ArrayList<>();
        for (SourceBatch batch = builder.next(); batch != null; batch = builder.next()) {
            batches.add(batch);
        }
        return batches;
    }

    private static SegmentRecord ofBytes(long offset, int bytes) {
        return new SegmentRecord(offset, Records.TIME, null, ByteBuffer.wrap(new byte[bytes]), List.of());
    }

    @Test
    void aBatchStaysBelowTheLimit() {
        List<SourceBatch> batches = batches(Records.range(0, 999), BatchCompression.NONE);

        long next = 0;
        for (SourceBatch batch : batches) {
            assertTrue(batch.encoded().sizeInBytes() <= LIMIT);
            assertEquals(next, batch.firstOrdinal());
            next = batch.endOrdinal();
        }
        assertEquals(1000, next);
        assertTrue(batches.size() < 20, "batches are filled: " + batches.size());
    }

    @Test
    void aRecordLargerThanTheLimitStandsAlone() {
        List<SourceBatch> batches =
                batches(List.of(ofBytes(0, 10), ofBytes(1, 3 * LIMIT), ofBytes(2, 10)), BatchCompression.NONE);

        assertEquals(
                List.of(1, 1, 1),
                batches.stream().map(batch -> batch.encoded().count()).toList());
        assertEquals(3L * LIMIT, batches.get(1).payloadBytes());
    }

    @Test
    void gapsOfTheSourceAreKeptAsRuns() {
        SourceBatch batch = batches(
                        List.of(Records.at(3), Records.at(4), Records.at(9), Records.at(10), Records.at(12)),
                        BatchCompression.NONE)
                .get(0);

        SourceRuns runs = batch.offsets();
        assertEquals(3, runs.size());
        assertEquals(List.of(3L, 9L, 12L), List.of(runs.start(0), runs.start(1), runs.start(2)));
        assertEquals(List.of(2L, 2L, 1L), List.of(runs.length(0), runs.length(1), runs.length(2)));
        assertEquals(12, runs.last(2));
    }

    /** What a broker decodes is what was given, and carries the writer that it was stamped with, each time anew. */
    @ParameterizedTest
    @EnumSource(BatchCompression.class)
    void aStampedBatchIsAsKafkaReadsIt(BatchCompression codec) {
        SegmentRecord record = new SegmentRecord(
                5,
                Records.TIME,
                utf8("key"),
                null,
                List.of(new RecordHeader("h", utf8("v")), new RecordHeader("h", null)));
        SourceBatch batch = batches(List.of(record, Records.at(6)), codec).get(0);

        for (short epoch = 1; epoch <= 2; epoch++) {
            RecordBatch read = MemoryRecords.readableRecords(batch.encoded().stamped(new WriterId(42, epoch), 17))
                    .batches()
                    .iterator()
                    .next();
            read.ensureValid();
            assertEquals(42, read.producerId());
            assertEquals(epoch, read.producerEpoch());
            assertEquals(17, read.baseSequence());
            Record first = read.iterator().next();
            assertEquals(Records.TIME, first.timestamp());
            assertEquals("key", StandardCharsets.UTF_8.decode(first.key()).toString());
            assertEquals(null, first.value());
            assertEquals(2, first.headers().length);
        }
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
