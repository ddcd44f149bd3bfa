package io.segue.worker.lease;

import io.segue.protocol.time.Time;
import java.time.Duration;

/**
 * The time-limited right to run one attempt. It begins when the order arrives and is renewed by each heartbeat that the
 * leader answers; it ends {@link #MARGIN} before the leader believes so, because the leader counts from when it
 * <i>received</i> what this counts from when it was <i>sent</i>. Used by many threads.
 */
public final class Lease {
    /** How long the leader honours a lease after the last heartbeat that it received. */
    public static final Duration TERM = Duration.ofSeconds(10);

    /** For what was let go by the gate and is still on its way to the socket. */
    public static final Duration MARGIN = Duration.ofSeconds(2);

    /** How a lease stands. */
    public enum State {
        HELD,
        /** Not renewed in time; a later renewal makes it held again. */
        LAPSED,
        /** The leader's last word was that the attempt is not to run; it may be wrong, the task's log is not. */
        REVOKED
    }

    private final Time time;
    private Moment heardAt;
    private boolean revoked;

    /** Begins now: the order has arrived. */
    public Lease(Time time) {
        this.time = time;
        this.heardAt = Moment.now(time);
    }

    public synchronized State state() {
        if (revoked) {
            return State.REVOKED;
        }
        return heardAt.within(TERM.minus(MARGIN), time) ? State.HELD : State.LAPSED;
    }

    /**
     * The leader renewed it. Answers to older heartbeats than the last one answered change nothing.
     *
     * @param sentAt when the heartbeat was sent
     */
    public synchronized void renewed(Moment sentAt) {
        hear(sentAt, false);
    }

    /** The leader refused to renew it. */
    public synchronized void revoked(Moment sentAt) {
        hear(sentAt, true);
    }

    private void hear(Moment sentAt, boolean refused) {
        if (!sentAt.before(heardAt)) {
            heardAt = sentAt;
            revoked = refused;
        }
    }
}
