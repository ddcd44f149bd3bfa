package io.segue.protocol.mapping;

import java.util.Arrays;

/** Bits, most significant first, into bytes that grow. The last byte is filled up with zeros. */
final class BitOutput {
    private byte[] bytes = new byte[256];
    private long bits;

    void bits(long value, int count) {
        for (int left = count; left > 0; ) {
            int at = (int) (bits >>> 3);
            if (at == bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
            int room = 8 - (int) (bits & 7);
            int some = Math.min(room, left);
            long chunk = (value >>> (left - some)) & ((1L << some) - 1);
            bytes[at] |= (byte) (chunk << (room - some));
            bits += some;
            left -= some;
        }
    }

    void ones(int count) {
        bits((1L << count) - 1, count);
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, (int) ((bits + 7) >>> 3));
    }
}
