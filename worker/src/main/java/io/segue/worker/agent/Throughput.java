package io.segue.worker.agent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Payload bytes a second, over the last seconds. */
final class Throughput {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final WorkerCounts counts;
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long at, long bytes) {}

    Throughput(WorkerCounts counts) {
        this.counts = counts;
    }

    /** @param now monotonic nanoseconds, not less than at the last call */
    synchronized long bytesPerSecond(long now) {
        samples.addLast(new Sample(now, counts.bytes()));
        while (samples.size() > 2 && now - samples.getFirst().at() > WINDOW.toNanos()) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long nanos = now - first.at();
        return nanos == 0 ? 0 : (long) ((samples.getLast().bytes() - first.bytes()) * 1e9 / nanos);
    }
}
