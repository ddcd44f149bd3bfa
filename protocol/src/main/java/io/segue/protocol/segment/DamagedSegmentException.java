package io.segue.protocol.segment;

import org.jspecify.annotations.Nullable;

/** A stored segment is not what its writer wrote, or not what this reader accepts. The message names key and place. */
public final class DamagedSegmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String place;

    private DamagedSegmentException(String key, String place, String what, @Nullable Throwable cause) {
        super(key + ": " + what + " (" + place + ")", cause);
        this.key = key;
        this.place = place;
    }

    /** Damage at a byte of the stored object. */
    static DamagedSegmentException atByte(String key, long position, String what) {
        return new DamagedSegmentException(key, "byte " + position, what, null);
    }

    /** Damage of a record: its index from 0, and where in the decompressed record stream it begins. */
    static DamagedSegmentException atRecord(
            String key, long index, long streamPosition, String what, @Nullable Throwable cause) {
        return new DamagedSegmentException(
                key, "record " + index + ", byte " + streamPosition + " of the record stream", what, cause);
    }

    /** Key of the stored object. */
    public String key() {
        return key;
    }

    /** Where in the object, in words. */
    public String place() {
        return place;
    }
}
