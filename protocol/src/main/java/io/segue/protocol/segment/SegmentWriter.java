package io.segue.protocol.segment;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Writes one segment into a local file. Used by one thread.
 *
 * <p>Header and checksum need what only the end shows (count, last offset), so they are put in by {@link #finish}. zstd is
 * compressed as records come; LZ4, whose block needs its length in front and literals before their match, is compressed
 * at the end from a second file, {@code {file}.raw}. Neither holds the segment in memory.
 */
public final class SegmentWriter implements AutoCloseable {
    private static final int FLUSH_AT = 1 << 16;

    private final Path file;
    private final Path raw;
    private final SegmentCompression compression;
    private final OutputStream out;
    private final RecordEncoder encoder = new RecordEncoder();
    private final OffsetOrder order = new OffsetOrder();
    private long flushed;
    private long count;
    private long startOffset;
    private long minTimestamp = Long.MAX_VALUE;
    private long maxTimestamp = Long.MIN_VALUE;

    private SegmentWriter(Path file, SegmentCompression compression, int level) throws IOException {
        this.file = file;
        this.raw = file.resolveSibling(file.getFileName() + ".raw");
        this.compression = compression;
        this.out = switch (compression) {
            case NONE -> payloadStream();
            case ZSTD -> new ZstdOutputStreamNoFinalizer(payloadStream(), level);
            case LZ4 -> Files.newOutputStream(raw);
        };
    }

    /**
     * Begins a segment.
     *
     * @param file created or overwritten
     * @param level of zstd, 1 to 22; the others have none
     * @throws UncheckedIOException if the file cannot be written, here and below
     */
    public static SegmentWriter create(Path file, SegmentCompression compression, int level) {
        try {
            return new SegmentWriter(file, compression, level);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /**
     * Adds a record; its bytes are copied.
     *
     * @throws UnstorableRecordException if the format has no room for it
     * @throws IllegalArgumentException if its offset is not above the last one
     */
    public void append(SegmentRecord record) {
        String problem = order.problem(record.offset());
        if (problem != null) {
            throw new IllegalArgumentException("the next record of " + file + " " + problem);
        }
        encoder.append(record);
        if (count++ == 0) {
            startOffset = record.offset();
        }
        minTimestamp = Math.min(minTimestamp, record.timestamp());
        maxTimestamp = Math.max(maxTimestamp, record.timestamp());
        if (encoder.size() >= FLUSH_AT) {
            flush();
        }
    }

    /** Bytes of the record stream so far. */
    public long bytes() {
        return flushed + encoder.size();
    }

    /** Records so far. */
    public long records() {
        return count;
    }

    /**
     * Completes the file. At least one record must have been added.
     *
     * @return what the manifest wants to know of it
     */
    public WrittenSegment finish() {
        if (count == 0) {
            throw new IllegalStateException(file + " has no record: the format has no empty segment");
        }
        flush();
        SegmentHeader header = new SegmentHeader(compression, count, startOffset, order.last());
        try {
            out.close();
            if (compression == SegmentCompression.LZ4) {
                compressRaw();
            }
            seal(header);
            return new WrittenSegment(file, header, minTimestamp, maxTimestamp, flushed, Files.size(file));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Ends writing; without {@link #finish} the file is no segment, and its owner removes it. */
    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(raw);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private void flush() {
        try {
            out.write(encoder.buffer(), 0, encoder.size());
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        flushed += encoder.size();
        encoder.clear();
    }

    /** A stream into the file, behind room for the header. */
    private OutputStream payloadStream() throws IOException {
        OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file), FLUSH_AT);
        stream.write(new byte[SegmentHeader.BYTES]);
        return stream;
    }

    private void compressRaw() throws IOException {
        try (FileChannel channel = FileChannel.open(raw);
                OutputStream payload = payloadStream()) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, flushed);
            Lz4BlockEncoder.encode(mapped, payload);
        }
        Files.delete(raw);
    }

    private void seal(SegmentHeader header) throws IOException {
        byte[] head = header.encode();
        CRC32 crc = new CRC32();
        crc.update(head);
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(SegmentHeader.BYTES);
            byte[] chunk = new byte[FLUSH_AT];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                crc.update(chunk, 0, read);
            }
        }
        ByteBuffer footer = ByteBuffer.allocate(SegmentHeader.FOOTER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt(SegmentHeader.MAGIC_END)
                .flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            write(channel, ByteBuffer.wrap(head), 0);
            write(channel, footer, channel.size());
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private static UncheckedIOException unwritable(Path file, IOException e) {
        return new UncheckedIOException(
                "the segment cannot be written to " + file + ": " + e.getMessage()
                        + "; check the space and permissions of its directory",
                e);
    }
}
