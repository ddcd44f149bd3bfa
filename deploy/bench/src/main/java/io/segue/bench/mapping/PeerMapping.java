package io.segue.bench.mapping;

import java.util.Arrays;

/**
 * The peer's representation: source offset, target offset and timestamp of every record, 24 bytes each, all in memory; a
 * lookup that finds no equal offset scans from the start. Held in one array here, without the boxes of its own.
 */
final class PeerMapping {
    private long[] triples = new long[3 * 1024];
    private int used;

    void add(long source, long target, long timestamp) {
        if (used == triples.length) {
            triples = Arrays.copyOf(triples, triples.length * 2);
        }
        triples[used] = source;
        triples[used + 1] = target;
        triples[used + 2] = timestamp;
        used += 3;
    }

    /** The nearest record at or below, by a scan. */
    long nearest(long source) {
        long found = -1;
        for (int i = 0; i < used && triples[i] <= source; i += 3) {
            found = triples[i + 1];
        }
        return found;
    }

    long records() {
        return used / 3;
    }
}
