package io.segue.coordinator.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.WorkerView;
import io.segue.coordinator.dispatch.WorkerView.State;
import io.segue.protocol.job.message.Messages.Health;
import io.segue.protocol.job.message.Messages.Heartbeat;
import io.segue.protocol.job.message.Messages.Renewed;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.time.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetViewTest {
    private static final TaskRef FIRST = new TaskRef("restore-1", "t-0", 1);
    private static final TaskRef SECOND = new TaskRef("restore-1", "t-0", 2);
    private static final TaskRef OTHER = new TaskRef("restore-1", "t-1", 1);

    private final ManualTime time = new ManualTime();
    private int expired;
    private final FleetView view = new FleetView(time, 7, () -> expired++);

    private Renewed beat(String worker, TaskRef... running) {
        return view.heartbeat(heartbeat(worker, 0, running));
    }

    private static Heartbeat heartbeat(String worker, long bytesPerSecond, TaskRef... running) {
        return new Heartbeat(worker, 2, false, List.of(running), new Health(1, 2, bytesPerSecond, 3));
    }

    private void after(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    private int free(String worker) {
        return of(worker).free();
    }

    private WorkerView of(String worker) {
        return view.workers().stream()
                .filter(known -> known.id().equals(worker))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLeaseLastsTenSecondsFromTheLastHeartbeatThatListedIt() {
        beat("w");
        view.granted(FIRST);
        after(9);
        assertTrue(view.leased(FIRST));
        assertEquals(new Renewed(7, List.of()), beat("w", FIRST));
        after(9);
        assertTrue(view.leased(FIRST));
        beat("w");
        after(1);
        assertFalse(view.leased(FIRST), "a heartbeat that does not list it renews nothing");
    }

    @Test
    void whatHasExpiredIsNotRenewedButRevoked() {
        view.granted(FIRST);
        after(10);
        assertFalse(view.leased(FIRST));
        assertEquals(List.of(FIRST), beat("w", FIRST).revoked());
        assertFalse(view.leased(FIRST));
        assertEquals(1, expired, "one lease ran out, however often it is asked for");
        view.granted(SECOND);
        assertEquals(List.of(FIRST), beat("w", FIRST, SECOND).revoked());
        assertTrue(view.leased(SECOND));
        assertFalse(view.leased(FIRST));
    }

    @Test
    void aLeaseThatNobodyMissedIsRenewedHoweverLate() {
        view.granted(FIRST);
        after(30);
        assertEquals(List.of(), beat("w", FIRST).revoked());
        assertTrue(view.leased(FIRST));
    }

    @Test
    void standingAttemptsAreHonouredForOneLeaseFromTheLeadersStart() {
        after(6);
        view.adopt(FIRST);
        after(3);
        assertTrue(view.leased(FIRST));
        after(1);
        assertFalse(view.leased(FIRST));

        view.adopt(OTHER);
        assertFalse(view.leased(OTHER), "a job that is opened later had its time");
    }

    @Test
    void nobodyWaitsForWhatAnEarlierProcessRanByItself() {
        FleetView embedded = FleetView.embedded(time);
        embedded.adopt(FIRST);
        assertFalse(embedded.leased(FIRST));
        embedded.granted(SECOND);
        assertTrue(embedded.leased(SECOND));
    }

    @Test
    void anAttemptThatWasPresentedBeforeItsJobIsOpenedIsAdopted() {
        after(60);
        assertEquals(List.of(), beat("w", FIRST).revoked(), "nobody knows of a newer one");
        after(5);
        view.adopt(FIRST);
        assertTrue(view.leased(FIRST));
        after(5);
        assertFalse(view.leased(FIRST));
    }

    @Test
    void aNewerAttemptThanTheOneKnownIsAnotherLeaders() {
        view.granted(FIRST);
        assertEquals(List.of(), beat("w", SECOND).revoked());
        assertFalse(view.leased(FIRST));
        assertEquals(List.of(FIRST), beat("w", FIRST).revoked());
    }

    @Test
    void whatIsOverIsNotLeasedAndWhatIsOlderIsRevoked() {
        view.granted(SECOND);
        view.end(SECOND);
        assertFalse(view.leased(SECOND));
        assertEquals(List.of(FIRST, SECOND), beat("w", FIRST, SECOND).revoked());
    }

    @Test
    void slotsAreTakenByReservationsAndByWhatIsListed() {
        beat("w");
        assertTrue(view.reserve("w", FIRST));
        assertEquals(1, free("w"));
        beat("w", OTHER);
        assertEquals(0, free("w"), "a heartbeat that was on its way does not know of the order");
        assertFalse(view.reserve("w", SECOND));
        beat("w", FIRST, OTHER);
        assertEquals(0, free("w"));
        beat("w", OTHER);
        assertEquals(1, free("w"), "it was listed once and is not any more");
    }

    @Test
    void anAttemptThatHasEndedTakesNoSlotThoughItIsStillListed() {
        beat("w", FIRST, OTHER);
        view.over(FIRST);
        assertEquals(1, free("w"));
        assertTrue(view.leased(FIRST), "its log was not read yet");
        beat("w", FIRST, OTHER);
        assertEquals(1, free("w"), "sent before the end");
        beat("w", OTHER);
        assertEquals(1, free("w"));
    }

    @Test
    void aReservationThatIsNotNeededIsGivenBack() {
        beat("w");
        view.reserve("w", FIRST);
        view.cancel(FIRST);
        assertEquals(2, free("w"));
        beat("w", FIRST);
        assertEquals(1, free("w"), "it runs all the same: another leader granted it");
    }

    @Test
    void silentDrainingAndRefusingWorkersGetNothing() {
        beat("silent");
        after(6);
        beat("w");
        view.heartbeat(new Heartbeat("leaving", 2, true, List.of(), new Health(1, 2, 0, 3)));
        assertEquals(State.READY, of("silent").state());
        after(1);
        assertEquals(State.SUSPECT, of("silent").state());
        assertEquals(State.DRAINING, of("leaving").state());
        assertFalse(view.reserve("silent", FIRST));
        assertFalse(view.reserve("leaving", FIRST));
        assertFalse(view.reserve("unheard-of", FIRST));
        view.holdBack("w");
        assertFalse(view.reserve("w", FIRST));
        beat("w");
        assertTrue(view.reserve("w", FIRST));
    }

    @Test
    void suspicionDoesNotShortenALease() {
        beat("w", FIRST);
        after(9);
        assertEquals(State.SUSPECT, of("w").state());
        assertTrue(view.leased(FIRST));
    }

    @Test
    void whoIsGoneForLongIsNotShown() {
        beat("gone");
        time.advance(FleetView.GONE_AFTER.plusSeconds(1));
        beat("w");
        assertEquals(List.of("w"), view.workers().stream().map(WorkerView::id).toList());
    }

    @Test
    void speedIsThatOfAllSlotsIfTheyWereBusy() {
        view.seen(heartbeat("w", 500, FIRST));
        assertEquals(1_000, of("w").speed());
        view.seen(heartbeat("w", 0));
        assertEquals(1_000, of("w").speed(), "an idle worker is not a slow one");
        view.seen(heartbeat("w", 0, FIRST));
        assertEquals(700, of("w").speed());
    }

    @Test
    void jobsShareTheSlotsWhileBothWantThem() {
        beat("w");
        beat("x");
        view.open("restore-1");
        assertEquals(4, view.room("restore-1", 100), "nobody else wants any");
        view.reserve("w", FIRST);
        view.reserve("w", OTHER);
        view.open("backup-1");
        assertEquals(2, view.room("backup-1", 100));
        assertEquals(0, view.room("restore-1", 98), "it has its share");
        view.room("backup-1", 0);
        assertEquals(2, view.room("restore-1", 98), "the other wants nothing now");
        view.close("backup-1");
        assertEquals(1, view.room("restore-1", 1));
    }

    @Test
    void whoPresentsAnAttemptOfAStoppedJobIsToldAgainUntilItIsOpened() {
        view.stop("restore-1");
        assertEquals(List.of("restore-1"), view.toStop(heartbeat("w", 0, FIRST, OTHER)));
        assertEquals(List.of(), view.toStop(heartbeat("w", 0)));
        view.open("restore-1");
        assertEquals(List.of(), view.toStop(heartbeat("w", 0, FIRST)));
    }

    @Test
    void whatRunsOfAClosedJobStillTakesItsSlot() {
        view.open("restore-1");
        beat("w", FIRST);
        view.close("restore-1");
        assertEquals(2, free("w"));
        beat("w", FIRST);
        assertEquals(1, free("w"));
    }
}
