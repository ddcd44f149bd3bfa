package io.segue.protocol.segment;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One backed-up record.
 *
 * @param offset source offset; the truth for the mapping, whatever a header says
 * @param timestamp epoch milliseconds
 * @param key null, or its bytes between position and limit; read it through {@link ByteBuffer#duplicate()}
 * @param value null for a tombstone, or its bytes; read it through {@link ByteBuffer#duplicate()}
 * @param headers in the record's order, duplicate names kept
 */
public record SegmentRecord(
        long offset,
        long timestamp,
        @Nullable ByteBuffer key,
        @Nullable ByteBuffer value,
        List<RecordHeader> headers) {

    /** A header; the value may be null. */
    public record RecordHeader(String key, @Nullable ByteBuffer value) {}

    /** Bytes of key, value and headers, without framing. */
    public int payloadBytes() {
        int size = (key == null ? 0 : key.remaining()) + (value == null ? 0 : value.remaining());
        for (RecordHeader header : headers) {
            size += header.key().length()
                    + (header.value() == null ? 0 : header.value().remaining());
        }
        return size;
    }
}
