package io.segue.protocol.segment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * The checks of a whole stored segment, in the peer's order, before any record is believed: length, magic, version,
 * compression, end magic, CRC. One pass over the bytes.
 */
final class SegmentCheck {
    private static final int CHUNK = 1 << 16;

    private SegmentCheck() {}

    static SegmentHeader verify(String key, StoredSegment stored) throws IOException {
        long length = stored.length();
        if (length < SegmentHeader.BYTES + SegmentHeader.FOOTER_BYTES) {
            throw DamagedSegmentException.atByte(
                    key, length, "is truncated: " + length + " bytes, a segment has at least 40");
        }
        try (InputStream in = stored.newStream()) {
            byte[] head = in.readNBytes(SegmentHeader.BYTES);
            if (head.length < SegmentHeader.BYTES) {
                throw DamagedSegmentException.atByte(key, head.length, "ends before its " + length + " bytes");
            }
            SegmentHeader header = SegmentHeader.decode(key, head);
            CRC32 crc = new CRC32();
            crc.update(head);
            update(crc, key, in, length);
            checkFooter(key, length, in.readNBytes(SegmentHeader.FOOTER_BYTES), crc);
            return header;
        }
    }

    private static void update(CRC32 crc, String key, InputStream in, long length) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long left = length - SegmentHeader.BYTES - SegmentHeader.FOOTER_BYTES;
        while (left > 0) {
            int read = in.read(chunk, 0, (int) Math.min(left, CHUNK));
            if (read < 0) {
                throw DamagedSegmentException.atByte(
                        key, length - SegmentHeader.FOOTER_BYTES - left, "ends before its " + length + " bytes");
            }
            crc.update(chunk, 0, read);
            left -= read;
        }
    }

    private static void checkFooter(String key, long length, byte[] bytes, CRC32 crc) {
        long at = length - SegmentHeader.FOOTER_BYTES;
        if (bytes.length < SegmentHeader.FOOTER_BYTES) {
            throw DamagedSegmentException.atByte(key, at + bytes.length, "ends before its " + length + " bytes");
        }
        ByteBuffer footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int stored = footer.getInt();
        if (footer.getInt() != SegmentHeader.MAGIC_END) {
            throw DamagedSegmentException.atByte(key, at + 4, "does not end with BKAE: truncated or overwritten");
        }
        if (stored != (int) crc.getValue()) {
            throw DamagedSegmentException.atByte(
                    key,
                    at,
                    String.format(
                            "has CRC %08x, its footer says %08x: contents changed", (int) crc.getValue(), stored));
        }
    }
}
