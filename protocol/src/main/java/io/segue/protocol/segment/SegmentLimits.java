package io.segue.protocol.segment;

/**
 * What a segment may ask of its reader. Archives are hostile input: a length is believed only as far as these go.
 *
 * @param maxRecordBytes of one serialised record; Kafka's own limit for a batch is a little below 2³¹
 * @param maxStreamBytes of the decompressed record stream
 */
public record SegmentLimits(int maxRecordBytes, long maxStreamBytes) {
    private static final int MOST_RECORD_BYTES = 64 << 20;
    private static final int HEAP_PER_RECORD = 16;

    /** Records to 64 MiB, streams to 16 GiB: 128 times the peer's default segment. */
    public static final SegmentLimits DEFAULT = new SegmentLimits(MOST_RECORD_BYTES, 16L << 30);

    private static final SegmentLimits HERE = ofHeap(Runtime.getRuntime().maxMemory());

    /** Of this process: the default, with records of at most a sixteenth of its heap, for several are held at once. */
    public static SegmentLimits here() {
        return HERE;
    }

    /** @param heap bytes that the process may use */
    static SegmentLimits ofHeap(long heap) {
        return new SegmentLimits((int) Math.min(MOST_RECORD_BYTES, heap / HEAP_PER_RECORD), DEFAULT.maxStreamBytes());
    }

    public SegmentLimits {
        if (maxRecordBytes < SegmentHeader.MIN_RECORD_BYTES || maxStreamBytes < maxRecordBytes) {
            throw new IllegalArgumentException(
                    "limits must hold at least one record: " + maxRecordBytes + ", " + maxStreamBytes);
        }
    }
}
