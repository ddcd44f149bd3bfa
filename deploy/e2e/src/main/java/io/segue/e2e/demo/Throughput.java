package io.segue.e2e.demo;

/** How fast the records of one process came: from the first that was seen to the last. Not for use by several threads. */
final class Throughput {
    private long firstNanos;
    private long firstCount = -1;
    private long lastNanos;
    private long lastCount;

    /**
     * Takes what was seen; times never go back.
     *
     * @param count records on the target
     */
    void seen(long nanos, long count) {
        if (firstCount < 0 || count == firstCount) {
            firstNanos = nanos;
            firstCount = count;
            lastNanos = nanos;
            lastCount = count;
        } else if (count > lastCount) {
            lastNanos = nanos;
            lastCount = count;
        }
    }

    /** Records that came. */
    long records() {
        return lastCount - firstCount;
    }

    /** Seconds in which they came. */
    double seconds() {
        return (lastNanos - firstNanos) / 1e9;
    }
}
