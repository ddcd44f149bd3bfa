package io.segue.worker.backup;

import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The peer's headers that tell where a record came from, put behind its own where they are asked for. */
public final class OffsetHeaders {
    /** Stores records as they are. */
    public static final OffsetHeaders NONE = new OffsetHeaders(Optional.empty());

    private final Optional<String> cluster;

    private OffsetHeaders(Optional<String> cluster) {
        this.cluster = cluster;
    }

    /** Adds offset, timestamp and this name of the cluster. */
    public static OffsetHeaders of(String cluster) {
        return new OffsetHeaders(Optional.of(cluster));
    }

    /** Adds the headers of a record with this offset and timestamp. */
    void addTo(List<RecordHeader> headers, long offset, long timestamp) {
        cluster.ifPresent(name -> {
            headers.add(new RecordHeader("x-original-offset", littleEndian(offset)));
            headers.add(new RecordHeader("x-original-timestamp", littleEndian(timestamp)));
            headers.add(new RecordHeader("x-source-cluster", StandardCharsets.UTF_8.encode(name)));
        });
    }

    private static ByteBuffer littleEndian(long value) {
        return ByteBuffer.wrap(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }
}
