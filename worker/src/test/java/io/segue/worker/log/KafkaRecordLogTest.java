package io.segue.worker.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaRecordLogTest {
    @Test
    void recordsKeepNullsHeadersAndTimestamps() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", new byte[] {1}).add("h", null).add("h", new byte[0]);

        assertEquals(
                new SegmentRecord(
                        5,
                        77,
                        ByteBuffer.wrap(new byte[] {9}),
                        null,
                        List.of(
                                new RecordHeader("h", ByteBuffer.wrap(new byte[] {1})),
                                new RecordHeader("h", null),
                                new RecordHeader("h", ByteBuffer.allocate(0)))),
                KafkaRecordLog.record(polled(5, 77, new byte[] {9}, null, headers)));
        assertEquals(
                new SegmentRecord(6, -1, null, ByteBuffer.allocate(0), List.of()),
                KafkaRecordLog.record(polled(6, -1, null, new byte[0], new RecordHeaders())));
    }

    @SuppressWarnings("NullAway") // Kafka's class takes null for both and does not say so
    private static ConsumerRecord<byte[], byte[]> polled(
            long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                "orders",
                3,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                value,
                headers,
                Optional.empty());
    }
}
