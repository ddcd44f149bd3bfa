package io.segue.protocol.segment;

import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Serialises records into one growing buffer, which its owner empties. */
final class RecordEncoder {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MAX_UNSIGNED_SHORT = 65_535;

    private byte[] buffer = new byte[1 << 17];
    private int end;

    byte[] buffer() {
        return buffer;
    }

    /** Bytes of the buffer in use. */
    int size() {
        return end;
    }

    void clear() {
        end = 0;
    }

    /**
     * Appends a record.
     *
     * @throws UnstorableRecordException if the format has no room for it; nothing is appended then
     */
    void append(SegmentRecord record) {
        int start = end;
        try {
            write(record);
        } catch (UnstorableRecordException e) {
            end = start;
            throw e;
        }
        INT.set(buffer, start, end - start - 4);
    }

    private void write(SegmentRecord record) {
        room(record, 4 + 16);
        LONG.set(buffer, end + 4, record.timestamp());
        LONG.set(buffer, end + 12, record.offset());
        end += 20;
        bytes(record, record.key());
        bytes(record, record.value());
        int count = record.headers().size();
        if (count > MAX_UNSIGNED_SHORT) {
            throw new UnstorableRecordException(record.offset(), "it has " + count + " headers");
        }
        room(record, 2);
        SHORT.set(buffer, end, (short) count);
        end += 2;
        for (RecordHeader header : record.headers()) {
            name(record, header.key());
            bytes(record, header.value());
        }
    }

    private void name(SegmentRecord record, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_UNSIGNED_SHORT) {
            throw new UnstorableRecordException(record.offset(), "the key of a header has " + bytes.length + " bytes");
        }
        room(record, 2 + bytes.length);
        SHORT.set(buffer, end, (short) bytes.length);
        System.arraycopy(bytes, 0, buffer, end + 2, bytes.length);
        end += 2 + bytes.length;
    }

    private void bytes(SegmentRecord record, @Nullable ByteBuffer bytes) {
        int length = bytes == null ? 0 : bytes.remaining();
        room(record, 4 + length);
        INT.set(buffer, end, bytes == null ? -1 : length);
        if (bytes != null) {
            bytes.get(bytes.position(), buffer, end + 4, length);
        }
        end += 4 + length;
    }

    private void room(SegmentRecord record, int more) {
        if (more <= buffer.length - end && more >= 0) {
            return;
        }
        long needed = (long) end + Integer.toUnsignedLong(more);
        if (needed > Integer.MAX_VALUE - 8) {
            throw new UnstorableRecordException(record.offset(), "it needs " + needed + " bytes");
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * buffer.length)));
    }
}
