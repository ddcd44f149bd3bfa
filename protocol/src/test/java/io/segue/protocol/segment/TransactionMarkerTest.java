package io.segue.protocol.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionMarkerTest {
    private static SegmentRecord record(@Nullable ByteBuffer key, @Nullable ByteBuffer value, RecordHeader... headers) {
        return new SegmentRecord(0, 0, key, value, List.of(headers));
    }

    private static ByteBuffer bytes(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            buffer.put((byte) b);
        }
        return buffer.flip();
    }

    /** What a broker writes at the end of a transaction, by Kafka's own code. */
    @ParameterizedTest
    @EnumSource(
            value = ControlRecordType.class,
            names = {"ABORT", "COMMIT"})
    void whatABrokerWrites(ControlRecordType type) {
        EndTransactionMarker marker = new EndTransactionMarker(type, 7);
        SegmentRecord record = record(bytes(0, 0, 0, type == ControlRecordType.ABORT ? 0 : 1), marker.serializeValue());

        assertTrue(TransactionMarker.looksLike(record));
        assertEquals(type == ControlRecordType.ABORT, TransactionMarker.aborts(record));
    }

    @Test
    void whatApplicationsWrite() {
        ByteBuffer value = bytes(0, 0, 0, 0, 0, 7);
        assertFalse(TransactionMarker.looksLike(record(null, value)));
        assertFalse(TransactionMarker.looksLike(record(bytes(0, 0, 0, 1), null)));
        assertFalse(TransactionMarker.looksLike(record(bytes(0, 0, 0, 2), value)));
        assertFalse(TransactionMarker.looksLike(record(bytes(0, 1, 0, 1), value)));
        assertFalse(TransactionMarker.looksLike(record(bytes(0, 0, 0, 1), bytes(0, 0, 0, 0, 0, 0, 7))));
        assertFalse(TransactionMarker.looksLike(record(bytes(0, 0, 0, 1), bytes(0, 0, -1, 0, 0, 7))));
        assertFalse(TransactionMarker.looksLike(record(bytes(0, 0, 0, 1), value, new RecordHeader("h", null))));
        assertTrue(TransactionMarker.looksLike(record(bytes(0, 0, 0, 1), value)));
    }
}
