package io.segue.worker.agent;

import io.segue.worker.task.Attempts.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a worker has done since it started. Used by many threads. */
public final class WorkerCounts {
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder leasesLost = new LongAdder();
    private final LongAdder broken = new LongAdder();
    private final Map<Outcome, LongAdder> attempts = new EnumMap<>(Outcome.class);

    WorkerCounts() {
        for (Outcome outcome : Outcome.values()) {
            attempts.put(outcome, new LongAdder());
        }
    }

    void advanced(long moreRecords, long moreBytes) {
        records.add(moreRecords);
        bytes.add(moreBytes);
    }

    void leaseLost() {
        leasesLost.increment();
    }

    void ended(Outcome outcome) {
        attempts.getOrDefault(outcome, broken).increment();
    }

    void broke() {
        broken.increment();
    }

    /** Records done, by this worker or found done. */
    public long records() {
        return records.sum();
    }

    /** Payload bytes done by this worker. */
    public long bytes() {
        return bytes.sum();
    }

    /** How often an attempt found its lease lost. */
    public long leasesLost() {
        return leasesLost.sum();
    }

    /** Attempts that ended so. */
    public long attempts(Outcome outcome) {
        return attempts.getOrDefault(outcome, broken).sum();
    }

    /** Attempts that could not even read or write their log. */
    public long broken() {
        return broken.sum();
    }
}
