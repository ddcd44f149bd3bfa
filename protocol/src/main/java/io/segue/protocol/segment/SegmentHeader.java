package io.segue.protocol.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first 32 bytes of a segment, in front of its payload; 8 bytes of footer follow the payload.
 *
 * @param startOffset of the first record
 * @param endOffset of the last record, inclusive
 */
public record SegmentHeader(SegmentCompression compression, long recordCount, long startOffset, long endOffset) {
    static final int BYTES = 32;
    static final int FOOTER_BYTES = 8;

    /** {@code KBAK} and {@code BKAE}, read as little-endian integers. */
    static final int MAGIC = 0x4B41424B;

    static final int MAGIC_END = 0x45414B42;
    static final byte VERSION = 1;

    /** Of the serialised form of a record without key, value and headers, its length field included. */
    static final int MIN_RECORD_BYTES = 30;

    static final int MIN_RECORD_LENGTH = MIN_RECORD_BYTES - 4;

    /** Reads the header at the start of {@code bytes}; {@code key} is for messages. */
    static SegmentHeader decode(String key, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt() != MAGIC) {
            throw DamagedSegmentException.atByte(key, 0, "does not begin with KBAK");
        }
        byte version = in.get();
        if (version != VERSION) {
            throw DamagedSegmentException.atByte(key, 4, "has format version " + version + "; only 1 is known");
        }
        SegmentCompression compression = compression(key, in.get());
        in.getShort(); // reserved: the peer does not look at it either
        long count = in.getLong();
        if (count < 0) {
            throw DamagedSegmentException.atByte(
                    key, 8, "claims " + Long.toUnsignedString(count) + " records, more than there can be");
        }
        return new SegmentHeader(compression, count, in.getLong(), in.getLong());
    }

    private static SegmentCompression compression(String key, byte code) {
        for (SegmentCompression compression : SegmentCompression.values()) {
            if (compression.code() == code) {
                return compression;
            }
        }
        throw DamagedSegmentException.atByte(
                key, 5, "has unknown compression " + (code & 0xFF) + "; known are 0 none, 1 zstd, 2 lz4");
    }

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .put(VERSION)
                .put((byte) compression.code())
                .putShort((short) 0)
                .putLong(recordCount)
                .putLong(startOffset)
                .putLong(endOffset)
                .array();
    }
}
