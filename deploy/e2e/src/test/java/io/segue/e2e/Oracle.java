package io.segue.e2e;

import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Compares what a plain consumer read with what the archive holds: every byte, every header, the order. */
public final class Oracle {
    private Oracle() {}

    public static void assertSame(List<SegmentRecord> expected, List<ConsumerRecord<byte[], byte[]>> found) {
        if (expected.size() != found.size()) {
            throw new AssertionError("expected " + expected.size() + " records, read " + found.size());
        }
        for (int i = 0; i < expected.size(); i++) {
            SegmentRecord wanted = expected.get(i);
            ConsumerRecord<byte[], byte[]> record = found.get(i);
            boolean same = wanted.timestamp() == record.timestamp()
                    && same(wanted.key(), record.key())
                    && same(wanted.value(), record.value())
                    && wanted.headers().equals(headers(record));
            if (!same) {
                throw new AssertionError(
                        "record " + i + ": expected source offset " + wanted.offset() + ", read " + record);
            }
        }
    }

    private static List<RecordHeader> headers(ConsumerRecord<byte[], byte[]> record) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            byte[] value = header.value();
            headers.add(new RecordHeader(header.key(), value == null ? null : ByteBuffer.wrap(value)));
        }
        return headers;
    }

    private static boolean same(@Nullable ByteBuffer wanted, byte @Nullable [] found) {
        return wanted == null ? found == null : found != null && wanted.equals(ByteBuffer.wrap(found));
    }
}
