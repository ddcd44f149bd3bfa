package io.segue.protocol.kafka;

import java.nio.ByteBuffer;

/** Where the Java client's default partitioner puts a record with a key: {@code murmur2(key)}, made positive, mod partitions. */
public final class KeyPartitioner {
    private static final int SEED = 0x9747b28c;
    private static final int M = 0x5bd1e995;
    private static final int R = 24;

    private KeyPartitioner() {}

    /** @param key the bytes between position and limit, which stay as they are */
    public static int partition(ByteBuffer key, int partitions) {
        return positiveHash(key) % partitions;
    }

    /** The hash that is taken modulo the number of partitions, from 0. */
    public static int positiveHash(ByteBuffer key) {
        return murmur2(key) & 0x7fffffff;
    }

    private static int murmur2(ByteBuffer key) {
        int length = key.remaining();
        int at = key.position();
        int hash = SEED ^ length;
        for (int words = length / 4; words > 0; words--, at += 4) {
            int k = (key.get(at) & 0xff)
                    | (key.get(at + 1) & 0xff) << 8
                    | (key.get(at + 2) & 0xff) << 16
                    | (key.get(at + 3) & 0xff) << 24;
            k *= M;
            k ^= k >>> R;
            k *= M;
            hash = hash * M ^ k;
        }
        int rest = length % 4;
        for (int i = rest - 1; i >= 0; i--) {
            hash ^= (key.get(at + i) & 0xff) << (8 * i);
        }
        if (rest > 0) {
            hash *= M;
        }
        hash ^= hash >>> 13;
        hash *= M;
        return hash ^ hash >>> 15;
    }
}
