package io.segue.worker.append.wire;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.worker.append.EncodedBatch;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.jspecify.annotations.Nullable;

/** Builds one record batch after another with kafka-clients' own writer; offsets inside a batch are consecutive. */
public final class BatchEncoder {
    private static final Header[] NO_HEADERS = new Header[0];
    /** Upper bound of what the format adds to a record's payload, per record and per header. */
    private static final int RECORD_OVERHEAD = 40;

    private static final int BATCH_OVERHEAD = 61;

    private final Compression compression;
    private final int batchBytes;
    private @Nullable MemoryRecordsBuilder builder;
    private int bytes;
    private int count;

    /** @param batchBytes a batch is closed before it would exceed this, uncompressed; a larger record stands alone */
    public BatchEncoder(BatchCompression codec, int batchBytes) {
        this.compression = switch (codec) {
            case NONE -> Compression.NONE;
            case LZ4 -> Compression.lz4().build();
            case ZSTD -> Compression.zstd().build();
        };
        this.batchBytes = batchBytes;
    }

    public int count() {
        return count;
    }

    /** False if the record belongs into the next batch: {@link #take} this one first. */
    public boolean hasRoomFor(SegmentRecord record) {
        return count == 0 || bytes + size(record) <= batchBytes;
    }

    public void add(SegmentRecord record) {
        MemoryRecordsBuilder open = builder;
        if (open == null) {
            open = open(Math.max(batchBytes, size(record)) + BATCH_OVERHEAD);
            builder = open;
        }
        open.append(record.timestamp(), duplicate(record.key()), duplicate(record.value()), headers(record.headers()));
        bytes += size(record);
        count++;
    }

    /** Closes the batch. There is at least one record in it. */
    public EncodedBatch take() {
        MemoryRecordsBuilder open = builder;
        if (open == null) {
            throw new IllegalStateException("an empty batch cannot be sent");
        }
        EncodedBatch batch = new EncodedBatch(open.build().buffer(), count);
        builder = null;
        bytes = 0;
        count = 0;
        return batch;
    }

    private MemoryRecordsBuilder open(int capacity) {
        return new MemoryRecordsBuilder(
                new ByteBufferOutputStream(capacity),
                RecordBatch.MAGIC_VALUE_V2,
                compression,
                TimestampType.CREATE_TIME,
                0L,
                RecordBatch.NO_TIMESTAMP,
                0L,
                (short) 0,
                0,
                false,
                false,
                RecordBatch.NO_PARTITION_LEADER_EPOCH,
                capacity);
    }

    private static int size(SegmentRecord record) {
        return record.payloadBytes() + RECORD_OVERHEAD * (1 + record.headers().size());
    }

    private static Header[] headers(List<SegmentRecord.RecordHeader> headers) {
        if (headers.isEmpty()) {
            return NO_HEADERS;
        }
        Header[] converted = new Header[headers.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] =
                    new RecordHeader(headers.get(i).key(), bytes(headers.get(i).value()));
        }
        return converted;
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer value) {
        if (value == null) {
            return null;
        }
        byte[] copy = new byte[value.remaining()];
        value.duplicate().get(copy);
        return copy;
    }

    private static @Nullable ByteBuffer duplicate(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : buffer.duplicate();
    }
}
