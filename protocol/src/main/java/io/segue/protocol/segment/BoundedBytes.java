package io.segue.protocol.segment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Holds what is written to it, up to a limit: what is beyond is refused and never held. */
final class BoundedBytes extends OutputStream {
    private static final int FIRST = 64;

    private final int limit;
    private byte[] held;
    private int count;

    /** More than the limit was written. */
    static final class LimitExceeded extends IOException {
        private static final long serialVersionUID = 1L;
    }

    BoundedBytes(int limit) {
        this.limit = limit;
        this.held = new byte[Math.min(limit, FIRST)];
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (length > limit - count) {
            throw new LimitExceeded();
        }
        if (length > held.length - count) {
            held = Arrays.copyOf(held, (int) Math.min(limit, Math.max(2L * held.length, (long) count + length)));
        }
        System.arraycopy(bytes, from, held, count, length);
        count += length;
    }

    /** The bytes so far; nothing is copied. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(held, 0, count);
    }
}
