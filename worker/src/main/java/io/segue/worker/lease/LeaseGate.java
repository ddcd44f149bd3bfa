package io.segue.worker.lease;

import io.segue.protocol.time.Time;
import io.segue.worker.lease.Lease.State;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The check before every write. It opens while the lease is held <i>and</i> the task's log was seen to grant no newer
 * attempt less than half a lease ago: the first stops a worker that was cut off or frozen, the second one whom a stale
 * leader still renews. What slips between check and write meets the fence.
 */
public final class LeaseGate {
    /** A read of the log is good for so long. */
    static final Duration FRESH = Lease.TERM.dividedBy(2);

    /** An attempt waits so long for a leader; then it hands over. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Lease lease;
    private final TaskJournal journal;
    private final Time time;
    private final BooleanSupplier stopped;
    private final Runnable lost;

    /**
     * @param stopped ends the waiting for a renewal
     * @param lost called when the lease is found lost: drops what is on its way to the target
     */
    public LeaseGate(Lease lease, TaskJournal journal, Time time, BooleanSupplier stopped, Runnable lost) {
        this.lease = lease;
        this.journal = journal;
        this.time = time;
        this.stopped = stopped;
        this.lost = lost;
    }

    /**
     * @return true: write now; false: the lease was lost and is held again, and connections were dropped: attach before
     *     anything is written
     * @throws AttemptOver if a newer attempt was granted, a stop was asked for, or no renewal came
     */
    public boolean pass() throws AttemptOver, InterruptedException {
        if (lease.state() == State.HELD && !journal.confirmedWithin(FRESH)) {
            journal.check();
        }
        if (lease.state() == State.HELD) {
            return true;
        }
        lost.run();
        await();
        return false;
    }

    /** Waits until the lease is held. */
    public void await() throws AttemptOver, InterruptedException {
        long deadline = time.nanos() + PATIENCE.toNanos();
        boolean asked = false;
        for (State state = lease.state(); state != State.HELD; state = lease.state()) {
            if (stopped.getAsBoolean()) {
                throw new AttemptOver.Stopped();
            }
            if (time.nanos() - deadline >= 0) {
                throw new AttemptOver.Stopped("no leader renewed the lease for " + PATIENCE.toMinutes() + " minutes");
            }
            if (state == State.REVOKED && !(asked && journal.confirmedWithin(FRESH))) {
                journal.check();
                asked = true;
            }
            time.pause(POLL);
        }
    }
}
