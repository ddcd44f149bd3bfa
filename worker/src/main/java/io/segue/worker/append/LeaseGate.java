package io.segue.worker.append;

import io.segue.protocol.time.Time;
import java.time.Duration;

/**
 * The check before every write: this attempt was seen to be the newest less than half a lease ago, by the monotonic
 * clock; else the task's log is read again. A process that was stopped and wakes up meets its successor here, before it
 * writes; what slips between check and write meets the fence.
 */
public final class LeaseGate {
    private final TaskJournal journal;
    private final Time time;
    private final long freshNanos;
    private long confirmedAt;

    public LeaseGate(TaskJournal journal, Time time, Duration lease) {
        this.journal = journal;
        this.time = time;
        this.freshNanos = lease.toNanos() / 2;
        this.confirmedAt = time.nanos() - lease.toNanos();
    }

    public void pass() throws AttemptOver.Superseded {
        long now = time.nanos();
        if (now - confirmedAt >= freshNanos) {
            journal.check();
            confirmedAt = now;
        }
    }
}
