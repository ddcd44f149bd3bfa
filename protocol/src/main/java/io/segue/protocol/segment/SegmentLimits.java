package io.segue.protocol.segment;

/**
 * What a segment may ask of its reader. Archives are hostile input: a length is believed only as far as these go.
 *
 * @param maxRecordBytes of one serialised record; Kafka's own limit for a batch is a little below 2³¹
 * @param maxStreamBytes of the decompressed record stream
 */
public record SegmentLimits(int maxRecordBytes, long maxStreamBytes) {
    /** Records to 64 MiB, streams to 16 GiB: 128 times the peer's default segment. */
    public static final SegmentLimits DEFAULT = new SegmentLimits(64 << 20, 16L << 30);

    public SegmentLimits {
        if (maxRecordBytes < SegmentHeader.MIN_RECORD_BYTES || maxStreamBytes < maxRecordBytes) {
            throw new IllegalArgumentException(
                    "limits must hold at least one record: " + maxRecordBytes + ", " + maxStreamBytes);
        }
    }
}
