package io.segue.protocol.mapping;

import java.nio.ByteBuffer;

/** Reads what {@link BitOutput} wrote, from the buffer's position on. */
final class BitInput {
    private final ByteBuffer bytes;
    private int current;
    private int left;

    BitInput(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** @throws java.nio.BufferUnderflowException if there are fewer */
    long bits(int count) {
        long value = 0;
        for (int wanted = count; wanted > 0; ) {
            fill();
            int some = Math.min(wanted, left);
            value = (value << some) | ((current >>> (left - some)) & ((1 << some) - 1));
            left -= some;
            wanted -= some;
        }
        return value;
    }

    /** Ones before the next zero, which is read too; at most {@code limit}, after which no zero is expected. */
    int ones(int limit) {
        int count = 0;
        while (count < limit) {
            fill();
            int window = (current & ((1 << left) - 1)) << (32 - left);
            int run = Math.min(Integer.numberOfLeadingZeros(~window), left);
            int some = Math.min(run, limit - count);
            count += some;
            left -= some;
            if (some == run && left > 0 && count < limit) {
                left--;
                return count;
            }
        }
        return count;
    }

    private void fill() {
        if (left == 0) {
            current = bytes.get() & 0xff;
            left = 8;
        }
    }
}
