package io.segue.protocol.segment;

import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one record out of the bytes behind its length field. Bytes behind the last header are ignored, as by the peer. */
final class RecordDecoder {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /** Smallest header: a key length of two bytes and a value length of four. */
    private static final int MIN_HEADER_BYTES = 6;

    /** What is wrong with a record; the reader knows which one it was. */
    static final class MalformedRecordException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedRecordException(String message) {
            super(message);
        }
    }

    private final byte[] bytes;
    private int at = 16;

    private RecordDecoder(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param bytes at least {@link SegmentHeader#MIN_RECORD_LENGTH}; the record keeps them */
    static SegmentRecord decode(byte[] bytes) throws MalformedRecordException {
        RecordDecoder decoder = new RecordDecoder(bytes);
        long timestamp = (long) LONG.get(bytes, 0);
        long offset = (long) LONG.get(bytes, 8);
        ByteBuffer key = decoder.bytes("key");
        ByteBuffer value = decoder.bytes("value");
        return new SegmentRecord(offset, timestamp, key, value, decoder.headers());
    }

    private List<RecordHeader> headers() throws MalformedRecordException {
        need("header count", 2);
        int count = (short) SHORT.get(bytes, at) & 0xFFFF;
        at += 2;
        if (count == 0) {
            return List.of();
        }
        if (count > (bytes.length - at) / MIN_HEADER_BYTES) {
            throw new MalformedRecordException(
                    "claims " + count + " headers in the " + (bytes.length - at) + " bytes left of it");
        }
        List<RecordHeader> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            need("length of a header's key", 2);
            int length = (short) SHORT.get(bytes, at) & 0xFFFF;
            at += 2;
            need("header key", length);
            String key = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            headers.add(new RecordHeader(key, bytes("header value")));
        }
        return headers;
    }

    private @Nullable ByteBuffer bytes(String what) throws MalformedRecordException {
        need(what, 4);
        int length = (int) INT.get(bytes, at);
        at += 4;
        if (length < 0) {
            return null;
        }
        need(what, length);
        at += length;
        return ByteBuffer.wrap(bytes, at - length, length);
    }

    private void need(String what, int length) throws MalformedRecordException {
        if (length > bytes.length - at) {
            throw new MalformedRecordException(
                    what + " needs " + length + " bytes where the record has " + (bytes.length - at) + " left");
        }
    }
}
