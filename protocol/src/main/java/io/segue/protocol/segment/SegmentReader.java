package io.segue.protocol.segment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one stored segment in their order, without ever holding it decompressed. Used by one thread.
 *
 * <p>A segment is checked as a whole (length, magic, version, compression, end magic, CRC) before its first record comes
 * out. What only the records show is found on the way: fewer of them than the header says, lengths that do not fit, and
 * offsets that do not rise.
 */
public sealed interface SegmentReader extends AutoCloseable permits BinarySegmentReader, JsonSegmentReader {
    /**
     * Opens a segment of either form, the peer's binary one or its legacy JSON.
     *
     * @param key of the stored object, for messages and, with legacy JSON, for its compression
     * @throws DamagedSegmentException if a check fails
     * @throws UncheckedIOException if the local bytes cannot be read
     */
    static SegmentReader open(String key, StoredSegment stored, SegmentLimits limits) {
        try {
            return isBinary(stored)
                    ? BinarySegmentReader.open(key, stored, limits)
                    : JsonSegmentReader.open(key, stored, limits);
        } catch (IOException e) {
            throw new UncheckedIOException("the local copy of " + key + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isBinary(StoredSegment stored) throws IOException {
        try (InputStream in = stored.newStream()) {
            byte[] head = in.readNBytes(4);
            return head.length == 4 && head[0] == 'K' && head[1] == 'B' && head[2] == 'A' && head[3] == 'K';
        }
    }

    /**
     * The next record, or null after the last.
     *
     * @throws DamagedSegmentException if it cannot be read; the reader is of no more use then
     */
    @Nullable
    SegmentRecord next();

    /** What the header claims; empty for legacy JSON, which has none. */
    Optional<SegmentHeader> header();

    /** After the last record: what is odd but loses nothing, and is therefore no damage. One sentence each. */
    List<String> remarks();

    @Override
    void close();
}
