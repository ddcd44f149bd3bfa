package io.segue.worker.restore;

import java.util.Arrays;

/** Rising source offsets as stretches: start and length each, without an object per record. */
final class SourceRuns {
    private long[] pairs = new long[8];
    private int used;

    void add(long offset) {
        if (used > 0 && pairs[used - 2] + pairs[used - 1] == offset) {
            pairs[used - 1]++;
            return;
        }
        if (used == pairs.length) {
            pairs = Arrays.copyOf(pairs, used * 2);
        }
        pairs[used] = offset;
        pairs[used + 1] = 1;
        used += 2;
    }

    int size() {
        return used / 2;
    }

    long start(int i) {
        return pairs[2 * i];
    }

    long length(int i) {
        return pairs[2 * i + 1];
    }

    /** The first offset; there is one. */
    long first() {
        return pairs[0];
    }

    /** The last offset; there is one. */
    long last() {
        return pairs[used - 2] + pairs[used - 1] - 1;
    }
}
