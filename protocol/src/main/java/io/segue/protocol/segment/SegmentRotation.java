package io.segue.protocol.segment;

/**
 * When a segment is full, asked after every record.
 *
 * @param maxBytes of the uncompressed record stream
 * @param maxRecords {@link Long#MAX_VALUE} for any number
 */
public record SegmentRotation(long maxBytes, long maxRecords) {
    /** No compressor of the format takes more than 2³¹ − 1 bytes at once. */
    public static final long MAX_BYTES = 1L << 30;

    public SegmentRotation {
        if (maxBytes < 1 || maxBytes > MAX_BYTES || maxRecords < 1) {
            throw new IllegalArgumentException("a segment holds 1 to " + MAX_BYTES + " bytes and at least one record: "
                    + maxBytes + ", " + maxRecords);
        }
    }

    /** True if the segment should be finished. */
    public boolean full(long bytes, long records) {
        return bytes >= maxBytes || records >= maxRecords;
    }
}
