package io.segue.worker.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import io.segue.protocol.time.Time;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseGateTest {
    private final ManualTime time = new ManualTime();
    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final Lease lease = new Lease(time);
    private final TaskJournal first = journal(1);
    private boolean stopped;
    private int lost;
    private final LeaseGate gate = new LeaseGate(lease, first, time, () -> stopped, () -> lost++);

    private TaskJournal journal(int attempt) {
        Granted grant = new Granted(attempt, "worker", "topic", 0, 0);
        EventLog<TaskEvent> log = jobs.taskLog("restore-1", "t-0");
        log.append(grant);
        return new TaskJournal(log, grant, time);
    }

    /** Seconds pass, with a heartbeat answered at the end of each. */
    private void renewedFor(int seconds) {
        for (int i = 0; i < seconds; i++) {
            time.advance(Duration.ofSeconds(1));
            lease.renewed(Moment.now(time));
        }
    }

    @Test
    void readsTheLogBeforeTheFirstWrite() {
        journal(2);

        assertThrows(AttemptOver.Superseded.class, gate::pass);
    }

    /** A leader that was replaced and does not know may renew on; the log tells. */
    @Test
    void readsTheLogAgainWhenHalfALeaseHasPassed() throws Exception {
        assertTrue(gate.pass());
        journal(2);
        renewedFor(4);
        assertTrue(gate.pass(), "the log was read less than half a lease ago");
        renewedFor(1);

        assertThrows(AttemptOver.Superseded.class, gate::pass);
    }

    @Test
    void anAppendIsAsGoodAsARead() throws Exception {
        assertTrue(gate.pass());
        renewedFor(4);
        first.append(new TaskEvent.Attached(1, 7, (short) 0, 5, 0));
        journal(2);
        renewedFor(4);

        assertTrue(gate.pass());
    }

    @Test
    void theNewestAttemptPassesAsLongAsItsLeaseIsRenewed() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertTrue(gate.pass());
            renewedFor(3);
        }
        assertEquals(0, lost);
    }

    @Test
    void aLapsedLeaseDropsConnectionsAndWaitsForItsRenewal() throws Exception {
        assertTrue(gate.pass());
        time.advance(Duration.ofSeconds(8));
        Duration before = time.passed();
        time.onPause(() -> {
            assertEquals(1, lost, "connections are dropped before the wait");
            if (time.passed().minus(before).compareTo(Duration.ofSeconds(30)) >= 0) {
                lease.renewed(Moment.now(time));
            }
        });

        assertFalse(gate.pass(), "attach before you write");

        assertEquals(Duration.ofSeconds(30), time.passed().minus(before));
        assertTrue(gate.pass());
        assertEquals(1, lost);
    }

    @Test
    void withoutALeaderItHandsOverAfterFiveMinutes() {
        time.advance(Duration.ofSeconds(8));

        AttemptOver.Stopped over = assertThrows(AttemptOver.Stopped.class, gate::pass);

        assertEquals("no leader renewed the lease for 5 minutes", over.getMessage());
        assertEquals(Duration.ofSeconds(308), time.passed());
    }

    @Test
    void aStopEndsTheWait() {
        time.advance(Duration.ofSeconds(8));
        time.onPause(() -> stopped = true);

        assertThrows(AttemptOver.Stopped.class, gate::pass);
    }

    @Test
    void aRevokedAttemptThatWasSupersededStops() {
        lease.revoked(Moment.now(time));
        journal(2);

        assertThrows(AttemptOver.Superseded.class, gate::pass);
        assertEquals(1, lost);
    }

    /** The leader may be wrong, a new one that has not looked yet; the log is not. */
    @Test
    void aRevokedAttemptThatTheLogStandsByWaits() throws Exception {
        lease.revoked(Moment.now(time));
        time.onPause(() -> lease.renewed(Moment.now(time)));

        assertFalse(gate.pass());
        assertTrue(gate.pass());
    }

    @Test
    void aRevokedAttemptReadsTheLogOnAndOn() {
        lease.revoked(Moment.now(time));
        time.onPause(() -> {
            if (time.passed().equals(Duration.ofSeconds(20))) {
                journal(2);
            }
        });

        assertThrows(AttemptOver.Superseded.class, gate::pass);
        assertTrue(time.passed().compareTo(Duration.ofSeconds(25).plusMillis(100)) <= 0, time.passed()::toString);
    }

    /** Whoever reads slowly finds the lease lapsed behind the read. */
    @Test
    void theLeaseIsLookedAtAfterTheLog() throws Exception {
        TaskJournal slow = new TaskJournal(jobs.taskLog("restore-1", "t-0"), first.grant(), new Passing(time));
        time.onPause(() -> lease.renewed(Moment.now(time)));

        assertFalse(new LeaseGate(lease, slow, time, () -> false, () -> lost++).pass());
        assertEquals(1, lost);
    }

    /** Nine seconds pass after each look at the time. */
    private record Passing(ManualTime clock) implements Time {
        @Override
        public long wallMillis() {
            return clock.wallMillis();
        }

        @Override
        public long nanos() {
            long now = clock.nanos();
            clock.advance(Duration.ofSeconds(9));
            return now;
        }

        @Override
        public void pause(Duration duration) {
            clock.pause(duration);
        }
    }

    @Test
    void anEndedAttemptIsOver() {
        jobs.taskLog("restore-1", "t-0").append(new Released(1, "the worker did not answer"));

        AttemptOver.Superseded over = assertThrows(AttemptOver.Superseded.class, gate::pass);
        assertEquals("the log says that attempt 1 has ended", over.getMessage());
    }

    @Test
    void whoeverDidNotReadTheNextGrantCannotWriteToTheLog() {
        journal(2);

        assertThrows(AttemptOver.Superseded.class, () -> first.append(new TaskEvent.Attached(1, 7, (short) 0, 5, 0)));
        assertEquals(2, jobs.taskLog("restore-1", "t-0").events().size());
    }
}
