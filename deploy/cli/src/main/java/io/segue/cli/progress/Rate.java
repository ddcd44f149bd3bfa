package io.segue.cli.progress;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast something goes: over the last seconds, so that a stall shows. Not for use by several threads. */
final class Rate {
    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final int MOST_SAMPLES = 200;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long bytes, double fraction) {}

    /** Takes what is done at a time; times never go back. What is counted anew, by a new leader, is measured anew. */
    void sample(long nanos, long bytes, double fraction) {
        if (!samples.isEmpty() && bytes < samples.getLast().bytes()) {
            samples.clear();
        }
        samples.addLast(new Sample(nanos, bytes, fraction));
        while (samples.size() > MOST_SAMPLES
                || (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS)) {
            samples.removeFirst();
        }
    }

    /** Bytes a second; 0 before there is anything to compare. */
    double bytesPerSecond() {
        return perSecond(
                samples.isEmpty()
                        ? 0.0
                        : (double) samples.getLast().bytes()
                                - samples.getFirst().bytes());
    }

    /** Seconds until the fraction is 1; negative if that cannot be told. */
    double secondsLeft() {
        if (samples.isEmpty()) {
            return -1;
        }
        double perSecond =
                perSecond(samples.getLast().fraction() - samples.getFirst().fraction());
        return perSecond <= 0 ? -1 : (1 - samples.getLast().fraction()) / perSecond;
    }

    private double perSecond(double amount) {
        long nanos = samples.isEmpty()
                ? 0
                : samples.getLast().nanos() - samples.getFirst().nanos();
        return nanos <= 0 ? 0 : amount * 1e9 / nanos;
    }
}
