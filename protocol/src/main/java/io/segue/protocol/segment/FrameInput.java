package io.segue.protocol.segment;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Takes lengths and blocks of bytes out of a stream, through one buffer. */
final class FrameInput implements AutoCloseable {
    /** A block is allocated in full only up to this size; beyond it grows as bytes really come. */
    private static final int TRUSTED = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private long position;

    FrameInput(InputStream in) {
        this.in = in;
    }

    /** Bytes taken so far. */
    long position() {
        return position;
    }

    /** The next four bytes, little-endian and unsigned; −1 if the stream has fewer left. */
    long nextLength() throws IOException {
        while (end - at < 4) {
            if (!refill()) {
                return -1;
            }
        }
        long length = (buffer[at] & 0xFF)
                | (buffer[at + 1] & 0xFF) << 8
                | (buffer[at + 2] & 0xFF) << 16
                | (buffer[at + 3] & 0xFFL) << 24;
        at += 4;
        position += 4;
        return length;
    }

    /** The next {@code length} bytes; fewer if the stream ends before. */
    byte[] next(int length) throws IOException {
        int buffered = Math.min(length, end - at);
        if (buffered == length) {
            at += length;
            position += length;
            return Arrays.copyOfRange(buffer, at - length, at);
        }
        byte[] block = new byte[Math.min(length, TRUSTED)];
        int have = 0;
        while (have < length) {
            if (have == block.length) {
                block = Arrays.copyOf(block, (int) Math.min(length, 2L * have));
            }
            int read = take(block, have);
            if (read < 0) {
                return Arrays.copyOf(block, have);
            }
            have += read;
            position += read;
        }
        return block;
    }

    /** True if nothing follows. */
    boolean atEnd() throws IOException {
        return at == end && !refill();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int take(byte[] block, int from) throws IOException {
        if (at == end) {
            return in.read(block, from, block.length - from);
        }
        int n = Math.min(block.length - from, end - at);
        System.arraycopy(buffer, at, block, from, n);
        at += n;
        return n;
    }

    private boolean refill() throws IOException {
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read > 0;
    }
}
