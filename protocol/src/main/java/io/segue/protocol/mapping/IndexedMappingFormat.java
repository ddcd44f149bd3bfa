package io.segue.protocol.mapping;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/** What writer and reader of an indexed mapping share: {@code docs/mapping.md} has the format, version 1. */
final class IndexedMappingFormat {
    static final byte[] MAGIC = {'S', 'E', 'G', 'U', 'E', 'M', 'A', 'P'};
    static final int VERSION = 1;
    static final int HEADER_BYTES = MAGIC.length + Integer.BYTES;
    /** Position, length and CRC of the table of pairs, and the magic again. */
    static final int FOOTER_BYTES = Long.BYTES + 2 * Integer.BYTES + MAGIC.length;

    static final int RUNS_PER_BLOCK = 1024;
    static final ObjectMapper JSON = new ObjectMapper();

    private IndexedMappingFormat() {}

    /** The table of pairs. */
    record Pairs(List<Pair> pairs) {}

    /**
     * One pair of source and target partition; runs are {@code [source, target, length]}.
     *
     * @param index position of its first index entry in the file
     */
    record Pair(
            String source,
            String target,
            long records,
            long runs,
            int blocks,
            long index,
            List<Long> first,
            List<Long> last) {}

    /**
     * Where a block of runs is, and what it holds.
     *
     * @param recordsBefore records of the pair in earlier blocks
     */
    record Entry(
            long source,
            long sourceEnd,
            long target,
            long targetEnd,
            long recordsBefore,
            long position,
            int length,
            int crc) {
        static final int BYTES = 6 * Long.BYTES + 2 * Integer.BYTES;

        static Entry read(ByteBuffer in) {
            return new Entry(
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getInt(),
                    in.getInt());
        }

        void write(ByteBuffer out) {
            out.putLong(source)
                    .putLong(sourceEnd)
                    .putLong(target)
                    .putLong(targetEnd)
                    .putLong(recordsBefore)
                    .putLong(position)
                    .putInt(length)
                    .putInt(crc);
        }
    }

    static int crc(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.duplicate());
        return (int) crc.getValue();
    }
}
