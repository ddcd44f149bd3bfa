package io.segue.worker.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.time.ManualTime;
import io.segue.worker.lease.Lease.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Duration HELD = Lease.TERM.minus(Lease.MARGIN);

    private final ManualTime time = new ManualTime();
    private final Lease lease = new Lease(time);

    @Test
    void anOrderIsALease() {
        assertEquals(State.HELD, lease.state());
        time.advance(HELD.minusNanos(1));
        assertEquals(State.HELD, lease.state());
        time.advance(Duration.ofNanos(1));
        assertEquals(State.LAPSED, lease.state());
    }

    /** The leader counts from its receipt, which is later: this must have ended first, however late the answer comes. */
    @Test
    void aRenewalCountsFromWhenTheHeartbeatWasSent() {
        Moment sentAt = Moment.now(time);
        time.advance(Duration.ofSeconds(5));
        lease.renewed(sentAt);

        time.advance(HELD.minus(Duration.ofSeconds(5)));
        assertEquals(State.LAPSED, lease.state());
    }

    @Test
    void aRenewalBringsALapsedLeaseBack() {
        time.advance(Duration.ofSeconds(60));
        assertEquals(State.LAPSED, lease.state());

        lease.renewed(Moment.now(time));
        assertEquals(State.HELD, lease.state());
    }

    @Test
    void aRevocationCountsAtOnceAndALaterRenewalLiftsIt() {
        lease.revoked(Moment.now(time));
        assertEquals(State.REVOKED, lease.state());

        time.advance(Duration.ofSeconds(1));
        lease.renewed(Moment.now(time));
        assertEquals(State.HELD, lease.state());
    }

    @Test
    void anAnswerThatWasOvertakenChangesNothing() {
        Moment first = Moment.now(time);
        time.advance(Duration.ofSeconds(1));
        lease.revoked(Moment.now(time));

        lease.renewed(first);
        assertEquals(State.REVOKED, lease.state());

        time.advance(Duration.ofSeconds(1));
        lease.renewed(Moment.now(time));
        lease.revoked(first);
        assertEquals(State.HELD, lease.state());
        time.advance(HELD.minusNanos(1));
        lease.renewed(first);
        assertEquals(State.HELD, lease.state(), "an old renewal does not shorten it");
    }

    /** A machine that was suspended: its monotonic clock stood still. */
    @Test
    void theWallClockMayEndALeaseToo() {
        time.setWall(Duration.ofHours(1));
        assertEquals(State.LAPSED, lease.state());

        lease.renewed(Moment.now(time));
        assertEquals(State.HELD, lease.state());
    }

    @Test
    void aWallClockThatIsSetBackLengthensNothing() {
        time.setWall(Duration.ofHours(-1));
        assertEquals(State.HELD, lease.state());

        time.advance(HELD);
        assertEquals(State.LAPSED, lease.state());
    }
}
