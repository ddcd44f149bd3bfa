package io.segue.protocol.segment;

import java.nio.ByteBuffer;

/**
 * The form of a transaction's end in a log: a key of a version and a type, a value of a version and a coordinator's epoch, no
 * headers. No consumer sees one; archives of the peer hold them as records. Nothing but the form tells one from a record that
 * an application wrote with such a key and value, so nothing is left out on its account unless an operator says so.
 */
public final class TransactionMarker {
    private static final int KEY_BYTES = 4;
    private static final int VALUE_BYTES = 6;
    private static final short ABORT = 0;
    private static final short COMMIT = 1;

    private TransactionMarker() {}

    public static boolean looksLike(SegmentRecord record) {
        ByteBuffer key = record.key();
        ByteBuffer value = record.value();
        if (key == null || value == null || key.remaining() != KEY_BYTES || value.remaining() != VALUE_BYTES) {
            return false;
        }
        short type = type(key);
        return record.headers().isEmpty()
                && key.getShort(key.position()) == 0
                && (type == ABORT || type == COMMIT)
                && value.getShort(value.position()) == 0
                && value.getInt(value.position() + Short.BYTES) >= 0;
    }

    /** True if such a record would be the end of an aborted transaction: records before it were not meant to be read. */
    public static boolean aborts(SegmentRecord record) {
        ByteBuffer key = record.key();
        return key != null && key.remaining() == KEY_BYTES && type(key) == ABORT;
    }

    private static short type(ByteBuffer key) {
        return key.getShort(key.position() + Short.BYTES);
    }
}
