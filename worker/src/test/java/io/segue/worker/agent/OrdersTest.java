package io.segue.worker.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.message.Messages.Renewed;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.StopJob;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.time.ManualTime;
import io.segue.worker.agent.Orders.Running;
import io.segue.worker.agent.Orders.Verdict;
import io.segue.worker.lease.Lease.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrdersTest {
    private final ManualTime time = new ManualTime();
    private final Orders orders = new Orders(2, time);

    private static RunTask order(int epoch, String task, int attempt) {
        return new RunTask(epoch, "restore-1", task, 0, attempt);
    }

    private Running started(RunTask order) {
        return assertInstanceOf(Verdict.Start.class, orders.take(order)).attempt();
    }

    private String refused(RunTask order) {
        return assertInstanceOf(Verdict.Refused.class, orders.take(order)).why();
    }

    private List<TaskRef> running() {
        return orders.present().running();
    }

    @Test
    void takesOrdersUpToItsSlots() {
        Running first = started(order(1, "t-0", 1));
        started(order(1, "t-1", 1));

        assertEquals("all 2 slots are taken", refused(order(1, "t-2", 1)));

        orders.ended(first);
        started(order(1, "t-2", 1));
        assertEquals(List.of(new TaskRef("restore-1", "t-1", 1), new TaskRef("restore-1", "t-2", 1)), running());
    }

    @Test
    void theSameOrderAgainIsAcceptedWithoutEffect() {
        Running attempt = started(order(1, "t-0", 1));

        assertInstanceOf(Verdict.Known.class, orders.take(order(1, "t-0", 1)));
        assertInstanceOf(Verdict.Known.class, orders.take(order(2, "t-0", 1)), "a new leader asks for it too");

        assertEquals(1, running().size());
        assertFalse(attempt.stopRequested());
    }

    @Test
    void anEpochThatIsOverGivesNoOrders() {
        assertTrue(orders.follows(3));

        assertEquals("epoch 2 is over, epoch 3 leads", refused(order(2, "t-0", 1)));
        assertFalse(orders.follows(2));
        started(order(3, "t-0", 1));
        started(order(4, "t-1", 1));
        assertEquals("epoch 3 is over, epoch 4 leads", refused(order(3, "t-2", 1)));
    }

    @Test
    void aLeaderThatIsOverNeitherStopsNorRenews() {
        Running attempt = started(order(5, "t-0", 1));
        time.advance(Duration.ofSeconds(9));

        assertFalse(orders.stop(new StopJob(4, "restore-1")));
        orders.answered(orders.present(), new Renewed(4, List.of()));

        assertFalse(attempt.stopRequested());
        assertEquals(State.LAPSED, attempt.lease().state());
    }

    @Test
    void aStopIsForWhatRunsNow() {
        Running first = started(order(1, "t-0", 1));
        Running other = assertInstanceOf(Verdict.Start.class, orders.take(new RunTask(1, "backup-1", "t-0", 0, 1)))
                .attempt();

        assertTrue(orders.stop(new StopJob(1, "restore-1")));
        assertTrue(orders.stop(new StopJob(1, "restore-1")), "as often as it comes");

        assertTrue(first.stopRequested());
        assertFalse(other.stopRequested());
        orders.ended(first);
        assertFalse(started(order(1, "t-0", 2)).stopRequested(), "the job is not banned");
    }

    /** The leader gave up on an attempt that still runs here, and grants the next to the same worker. */
    @Test
    void aNewerAttemptStopsTheOlderOne() {
        Running first = started(order(1, "t-0", 1));

        Running second = started(order(1, "t-0", 2));

        assertTrue(first.stopRequested());
        assertFalse(second.stopRequested());
        orders.ended(first);
        assertEquals("attempt 2 of the task runs", refused(order(1, "t-0", 1)));
        assertEquals(List.of(new TaskRef("restore-1", "t-0", 2)), running());
    }

    @Test
    void whoLeavesTakesNothingAndHandsOver() {
        Running attempt = started(order(1, "t-0", 1));

        orders.drain();

        assertTrue(attempt.stopRequested());
        assertTrue(orders.present().draining());
        assertEquals("this worker is leaving", refused(order(1, "t-1", 1)));
        assertInstanceOf(Verdict.Known.class, orders.take(order(1, "t-0", 1)));
    }

    @Test
    void aHeartbeatRenewsWhatItPresentedFromWhenItWasSent() {
        Running first = started(order(1, "t-0", 1));
        time.advance(Duration.ofSeconds(5));
        Orders.Presented presented = orders.present();
        time.advance(Duration.ofSeconds(4));
        assertEquals(State.LAPSED, first.lease().state());

        orders.answered(presented, new Renewed(1, List.of()));

        assertEquals(State.HELD, first.lease().state());
        time.advance(Duration.ofSeconds(4));
        assertEquals(State.LAPSED, first.lease().state(), "8 s after the heartbeat, 4 s after its answer");
    }

    @Test
    void whatBeganAfterTheHeartbeatIsNotRenewedByIt() {
        Orders.Presented presented = orders.present();
        time.advance(Duration.ofSeconds(1));
        Running attempt = started(order(1, "t-0", 1));

        orders.answered(presented, new Renewed(1, List.of(new TaskRef("restore-1", "t-0", 1))));

        assertEquals(State.HELD, attempt.lease().state());
    }

    @Test
    void whatTheLeaderRevokesIsRevoked() {
        Running first = started(order(1, "t-0", 1));
        Running second = started(order(1, "t-1", 1));

        orders.answered(orders.present(), new Renewed(1, List.of(new TaskRef("restore-1", "t-0", 1))));

        assertEquals(State.REVOKED, first.lease().state());
        assertEquals(State.HELD, second.lease().state());
    }
}
