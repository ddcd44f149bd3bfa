package io.segue.protocol.segment;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.segue.protocol.segment.RecordDecoder.MalformedRecordException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The peer's binary segment: header, payload, footer. */
final class BinarySegmentReader implements SegmentReader {
    /** The peer's highest level, 22, uses windows of 128 MiB; no writer needs more. */
    private static final int MAX_WINDOW_LOG = 27;

    private final String key;
    private final SegmentHeader header;
    private final SegmentLimits limits;
    private final FrameInput in;
    /** Bytes of the record stream where they are known beforehand, else the limit. */
    private final long streamBytes;

    private final OffsetOrder order = new OffsetOrder();
    private final List<String> remarks = new ArrayList<>();
    private long index;
    private boolean finished;

    private BinarySegmentReader(String key, SegmentHeader header, SegmentLimits limits, InputStream in, long bytes) {
        this.key = key;
        this.header = header;
        this.limits = limits;
        this.in = new FrameInput(in);
        this.streamBytes = bytes;
    }

    static BinarySegmentReader open(String key, StoredSegment stored, SegmentLimits limits) throws IOException {
        SegmentHeader header = SegmentCheck.verify(key, stored);
        long payload = stored.length() - SegmentHeader.BYTES - SegmentHeader.FOOTER_BYTES;
        InputStream raw = stored.newStream();
        try {
            raw.skipNBytes(SegmentHeader.BYTES);
            InputStream bounded = new BoundedInputStream(raw, payload);
            InputStream stream = decompress(header.compression(), bounded);
            long bytes = streamBytes(stream, header.compression(), payload, limits);
            checkCount(key, header, bytes);
            return new BinarySegmentReader(key, header, limits, stream, bytes);
        } catch (MalformedBlockException e) {
            raw.close();
            throw DamagedSegmentException.atByte(key, SegmentHeader.BYTES, "has no LZ4 block: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    static InputStream decompress(SegmentCompression compression, InputStream payload) throws IOException {
        return switch (compression) {
            case NONE -> payload;
            case ZSTD -> new ZstdInputStreamNoFinalizer(payload).setLongMax(MAX_WINDOW_LOG);
            case LZ4 -> new Lz4BlockInputStream(payload);
        };
    }

    private static long streamBytes(
            InputStream stream, SegmentCompression compression, long payload, SegmentLimits limits) {
        return switch (compression) {
            case NONE -> payload;
            case ZSTD -> limits.maxStreamBytes();
            case LZ4 -> Math.min(((Lz4BlockInputStream) stream).declaredLength(), limits.maxStreamBytes());
        };
    }

    private static void checkCount(String key, SegmentHeader header, long bytes) {
        if (header.recordCount() > bytes / SegmentHeader.MIN_RECORD_BYTES) {
            throw DamagedSegmentException.atByte(
                    key,
                    8,
                    "claims " + header.recordCount() + " records, more than fit into " + bytes
                            + " bytes of record stream");
        }
    }

    @Override
    public @Nullable SegmentRecord next() {
        if (finished) {
            return null;
        }
        long at = in.position();
        try {
            if (index == header.recordCount()) {
                finish();
                return null;
            }
            SegmentRecord record = read(at);
            index++;
            return record;
        } catch (ZstdIOException e) {
            throw damaged(at, "cannot be decompressed: " + e.getMessage(), e);
        } catch (MalformedBlockException | MalformedRecordException e) {
            throw damaged(at, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the local copy of " + key + " cannot be read: " + e.getMessage(), e);
        }
    }

    private SegmentRecord read(long at) throws IOException, MalformedRecordException {
        long length = in.nextLength();
        if (length < 0) {
            throw damaged(
                    at, "ends after " + index + " of " + header.recordCount() + " records: data is missing", null);
        }
        checkLength(at, length);
        byte[] bytes = in.next((int) length);
        if (bytes.length < length) {
            throw damaged(at, "ends " + (length - bytes.length) + " bytes before this record does", null);
        }
        SegmentRecord record = RecordDecoder.decode(bytes);
        checkOrder(at, record.offset());
        return record;
    }

    private void checkLength(long at, long length) {
        if (length < SegmentHeader.MIN_RECORD_LENGTH) {
            throw damaged(at, "has a record of " + length + " bytes; the smallest has 26", null);
        }
        if (length > limits.maxRecordBytes()) {
            throw damaged(at, "has a record of " + length + " bytes; the limit is " + limits.maxRecordBytes(), null);
        }
        if (length > streamBytes - in.position()) {
            throw damaged(
                    at,
                    "has a record of " + length + " bytes where " + (streamBytes - in.position())
                            + " are left of the record stream",
                    null);
        }
    }

    private void checkOrder(long at, long offset) {
        boolean first = order.last() < 0;
        String problem = order.problem(offset);
        if (problem != null) {
            throw damaged(at, problem, null);
        }
        if (first && offset != header.startOffset()) {
            remarks.add("the first record has offset " + offset + ", the header says " + header.startOffset());
        }
    }

    private void finish() throws IOException {
        finished = true;
        if (index > 0 && order.last() != header.endOffset()) {
            remarks.add("the last record has offset " + order.last() + ", the header says " + header.endOffset());
        }
        if (!in.atEnd()) {
            remarks.add("bytes after the last of " + index + " records are ignored, as the peer does");
        }
    }

    private DamagedSegmentException damaged(long at, String what, @Nullable Throwable cause) {
        return DamagedSegmentException.atRecord(key, index, at, what, cause);
    }

    @Override
    public Optional<SegmentHeader> header() {
        return Optional.of(header);
    }

    @Override
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the local copy of " + key + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
