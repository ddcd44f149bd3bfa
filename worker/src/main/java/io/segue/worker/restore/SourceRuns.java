package io.segue.worker.restore;

import java.util.Arrays;

/** Source offsets as stretches: input, start and length each, without an object per record. */
final class SourceRuns {
    private static final int WIDTH = 3;

    private long[] stretches = new long[4 * WIDTH];
    private int used;

    void add(int input, long offset) {
        if (used > 0
                && stretches[used - WIDTH] == input
                && stretches[used - WIDTH + 1] + stretches[used - WIDTH + 2] == offset) {
            stretches[used - WIDTH + 2]++;
            return;
        }
        if (used == stretches.length) {
            stretches = Arrays.copyOf(stretches, used * 2);
        }
        stretches[used] = input;
        stretches[used + 1] = offset;
        stretches[used + 2] = 1;
        used += WIDTH;
    }

    int size() {
        return used / WIDTH;
    }

    int input(int i) {
        return (int) stretches[WIDTH * i];
    }

    long start(int i) {
        return stretches[WIDTH * i + 1];
    }

    long length(int i) {
        return stretches[WIDTH * i + 2];
    }

    /** The last offset of a stretch. */
    long last(int i) {
        return start(i) + length(i) - 1;
    }
}
