package io.segue.protocol.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The rest of a file from a position to the end that it had when it was opened. */
final class FileBody extends InputStream {
    private final SeekableByteChannel channel;
    private final String what;
    private long remaining;

    FileBody(SeekableByteChannel channel, long remaining, String what) {
        this.channel = channel;
        this.remaining = remaining;
        this.what = what;
    }

    long remaining() {
        return remaining;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (remaining == 0) {
            return -1;
        }
        try {
            int count = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, remaining)));
            if (count < 0) {
                throw new StoreException.Unavailable(
                        what + " became shorter by " + remaining + " bytes while it was read", null);
            }
            remaining -= count;
            return count;
        } catch (IOException failure) {
            throw FileFailures.classify(failure, "read", what);
        }
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, remaining));
        try {
            channel.position(channel.position() + skipped);
        } catch (IOException failure) {
            throw FileFailures.classify(failure, "read", what);
        }
        remaining -= skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, remaining);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw FileFailures.classify(failure, "close", what);
        }
    }
}
