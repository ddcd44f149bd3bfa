package io.segue.worker.backup;

import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The peer's headers that tell where a record came from, put behind its own where they are asked for. */
final class OffsetHeaders {
    private final @Nullable String cluster;

    private OffsetHeaders(@Nullable String cluster) {
        this.cluster = cluster;
    }

    /** @param cluster name of the cluster that the headers give; null: records stay as they are */
    static OffsetHeaders of(@Nullable String cluster) {
        return new OffsetHeaders(cluster);
    }

    SegmentRecord addedTo(SegmentRecord record) {
        if (cluster == null) {
            return record;
        }
        List<RecordHeader> headers = new ArrayList<>(record.headers());
        headers.add(new RecordHeader("x-original-offset", littleEndian(record.offset())));
        headers.add(new RecordHeader("x-original-timestamp", littleEndian(record.timestamp())));
        headers.add(new RecordHeader("x-source-cluster", StandardCharsets.UTF_8.encode(cluster)));
        return new SegmentRecord(record.offset(), record.timestamp(), record.key(), record.value(), headers);
    }

    private static ByteBuffer littleEndian(long value) {
        return ByteBuffer.wrap(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }
}
