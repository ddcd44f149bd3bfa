package io.segue.protocol.segment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes one LZ4 block with the uncompressed length (u32, little-endian) in front, byte for byte what the peer's
 * compressor (lz4_flex, one greedy pass over a table of 4096 hashes) writes.
 *
 * <ol>
 *   <li>Look up the hash of the bytes at the cursor; enter the cursor in the table.
 *   <li>No equal bytes within 64 KiB: step forward, faster the longer nothing was found.
 *   <li>Else extend the match to both sides, write the literals before it and the match, go on behind it.
 * </ol>
 *
 * The input may be a mapped file: it is only looked at, nothing of it is held.
 */
final class Lz4BlockEncoder {
    private static final int MIN_MATCH = 4;
    private static final int MAX_DISTANCE = 65_535;
    /** A match begins at least this far from the end, and ends before the last {@link #END_LITERALS} bytes. */
    private static final int MATCH_LIMIT = 12;

    private static final int END_LITERALS = 6;
    private static final int SLOWNESS = 5;

    private final ByteBuffer input;
    private final int size;
    private final OutputStream out;
    private final int[] table = new int[4096];
    private final byte[] chunk = new byte[1 << 16];
    private int literalStart;

    private Lz4BlockEncoder(ByteBuffer input, OutputStream out) {
        this.input = input.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.size = input.remaining();
        this.out = out;
    }

    static void encode(ByteBuffer input, OutputStream out) throws IOException {
        new Lz4BlockEncoder(input, out).run();
    }

    private void run() throws IOException {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(size >>> shift);
        }
        if (size > MATCH_LIMIT) {
            sequences();
        }
        int literals = size - literalStart;
        out.write(Math.min(literals, 15) << 4);
        writeLiterals(literals);
    }

    private void sequences() throws IOException {
        int cursor = 1; // entry 0 of the empty table already says position 0
        while (true) {
            int tries = 1 << SLOWNESS;
            int ahead = cursor;
            int candidate;
            do {
                cursor = ahead;
                ahead += tries++ >> SLOWNESS;
                if (cursor > size - MATCH_LIMIT) {
                    return;
                }
                int slot = slot(cursor);
                candidate = table[slot];
                table[slot] = cursor;
            } while (cursor - candidate > MAX_DISTANCE || input.getInt(candidate) != input.getInt(cursor));
            while (candidate > 0 && cursor > literalStart && input.get(candidate - 1) == input.get(cursor - 1)) {
                candidate--;
                cursor--;
            }
            int more = equalBytes(cursor + MIN_MATCH, candidate + MIN_MATCH);
            writeSequence(cursor - literalStart, cursor - candidate, more);
            cursor += MIN_MATCH + more;
            table[slot(cursor - 2)] = cursor - 2;
            literalStart = cursor;
        }
    }

    /** The peer's compressor hashes four bytes of small inputs and five of others. */
    private int slot(int at) {
        if (size < MAX_DISTANCE) {
            return (input.getInt(at) * 0x9E3779B1) >>> 20;
        }
        return (int) (((input.getLong(at) << 24) * 889_523_592_379L) >>> 52);
    }

    private int equalBytes(int at, int candidate) {
        int limit = size - END_LITERALS;
        int from = at;
        int back = at - candidate;
        while (at + 8 <= limit) {
            long difference = input.getLong(at) ^ input.getLong(at - back);
            if (difference != 0) {
                return at - from + (Long.numberOfTrailingZeros(difference) >> 3);
            }
            at += 8;
        }
        while (at < limit && input.get(at) == input.get(at - back)) {
            at++;
        }
        return at - from;
    }

    private void writeSequence(int literals, int distance, int more) throws IOException {
        out.write(Math.min(literals, 15) << 4 | Math.min(more, 15));
        writeLiterals(literals);
        out.write(distance);
        out.write(distance >>> 8);
        writeRest(more);
    }

    private void writeLiterals(int literals) throws IOException {
        writeRest(literals);
        int at = literalStart;
        int end = literalStart + literals;
        while (at < end) {
            int n = Math.min(chunk.length, end - at);
            input.get(at, chunk, 0, n);
            out.write(chunk, 0, n);
            at += n;
        }
    }

    private void writeRest(int length) throws IOException {
        if (length >= 15) {
            int rest = length - 15;
            for (; rest >= 255; rest -= 255) {
                out.write(255);
            }
            out.write(rest);
        }
    }
}
