package io.segue.protocol.segment;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The next {@code limit} bytes of a stream: a payload without the footer behind it. */
final class BoundedInputStream extends FilterInputStream {
    private long left;

    BoundedInputStream(InputStream in, long limit) {
        super(in);
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read();
        left -= read < 0 ? left : 1;
        return read;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (left == 0 && length > 0) {
            return -1;
        }
        int read = in.read(target, from, (int) Math.min(left, length));
        left -= read < 0 ? left : read;
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = in.skip(Math.min(left, n));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(left, in.available());
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
