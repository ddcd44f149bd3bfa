package io.segue.coordinator.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobEvent.DataDone;
import io.segue.protocol.job.JobEvent.Finished;
import io.segue.protocol.job.JobEvent.Interrupted;
import io.segue.protocol.job.JobEvent.Obeyed;
import io.segue.protocol.job.JobEvent.Opened;
import io.segue.protocol.job.JobEvent.Refused;
import io.segue.protocol.job.JobEvent.ShardReset;
import io.segue.protocol.job.JobEvent.SnapshotTaken;
import io.segue.protocol.job.JobEvent.Suspended;
import io.segue.protocol.job.JobEvent.Thawed;
import io.segue.protocol.job.JobEvent.TopicPlanned;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.job.JobEvent.TopicsPlanned;
import io.segue.protocol.job.JobEvent.TopicsReady;
import io.segue.protocol.job.JobEvent.TopicsThawed;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.store.InMemoryObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobHistoryTest {
    private static final TopicPlanned PLANNED = new TopicPlanned("orders", true, Map.of("retention.ms", "5"));
    private static final TopicReady READY = new TopicReady("orders", "id", List.of(0L));
    private static final JobCommand PAUSE = new JobCommand.Pause("ada", 0);
    private static final ShardReset PART = new ShardReset(0, 3, 2);
    private static final ShardReset DONE = new ShardReset(0, 3, 3);
    private static final Finished PARTLY = new Finished(JobState.COMPLETED_PARTLY, "2 of 3", 9);

    private static JobState after(JobEvent... events) {
        return JobHistory.of(List.of(events)).state();
    }

    @Test
    void theStateFollowsTheEvents() {
        Opened opened = new Opened(1, "pid 1", 0);
        assertEquals(JobState.PLANNED, after());
        assertEquals(JobState.RUNNING, after(opened, PLANNED, READY));
        assertEquals(JobState.RESETTING, after(opened, new DataDone(1, 0)));
        assertEquals(JobState.INTERRUPTED, after(opened, new Interrupted(1, "stopped")));
        assertEquals(JobState.COMPLETED_PARTLY, after(opened, new DataDone(1, 0), PARTLY));
        assertEquals(JobState.PAUSED, after(opened, new Suspended("the target is gone", 0)));
        assertEquals(JobState.FAILED, after(opened, new Refused(List.of("not empty"), 0)));
    }

    /** Jobs of earlier releases journaled each topic by itself. */
    @Test
    void manyTopicsInOneEventAreAsMuchAsEachInItsOwn() {
        Thawed thawed = new Thawed("orders", "");
        JobHistory each = JobHistory.of(List.of(PLANNED, READY, thawed));
        JobHistory many = JobHistory.of(List.of(
                new TopicsPlanned(List.of(PLANNED)),
                new TopicsReady(List.of(READY)),
                new TopicsThawed(List.of(thawed))));

        assertEquals(Map.of("orders", READY), many.ready());
        assertEquals(each.planned(), many.planned());
        assertEquals(each.ready(), many.ready());
        assertEquals(each.thawed(), many.thawed());
    }

    @Test
    void whoTakesAnEndedOrPausedJobOverLeavesItSo() {
        Opened opened = new Opened(1, "c-1", 0);
        Opened again = new Opened(2, "c-2", 0);
        assertEquals(JobState.COMPLETED_PARTLY, after(opened, PARTLY, again));
        assertEquals(JobState.PAUSED, after(opened, obeyed(1, PAUSE), again));
        assertEquals(JobState.RUNNING, after(opened, new Interrupted(1, "stopped"), again));
    }

    @Test
    void commandsDecideHowItGoesOn() {
        Opened opened = new Opened(1, "c-1", 0);
        Obeyed pause = obeyed(1, PAUSE);
        Obeyed cancel = obeyed(2, new JobCommand.Cancel("ada", 0));
        Obeyed resume = obeyed(3, new JobCommand.Resume("ada", 0));
        assertEquals(JobState.RUNNING, after(opened, pause, resume));
        assertEquals(JobState.CANCELLED, after(opened, pause, cancel));
        assertEquals(JobState.CANCELLED, after(opened, cancel, resume), "cancelled is for good");
        assertEquals(JobState.RUNNING, after(opened, PARTLY, resume));
        assertEquals(JobState.COMPLETED_PARTLY, after(opened, PARTLY, pause), "it had ended before");
        assertEquals(JobState.COMPLETED_PARTLY, after(opened, PARTLY, cancel), "it had ended before");
        assertEquals(
                JobState.COMPLETED, after(opened, new Finished(JobState.COMPLETED, "all", 9), resume), "all is done");
    }

    @Test
    void theCommandsSeenToAreCounted() {
        JobHistory history = JobHistory.of(List.of(
                new Opened(1, "c-1", 5),
                obeyed(1, PAUSE),
                obeyed(2, new JobCommand.RetryFailed("ada", 0, List.of("orders-1"))),
                new Opened(2, "c-2", 7)));

        assertEquals(2, history.commands());
        assertEquals(List.of("orders-1"), history.retried());
        assertEquals(OptionalLong.of(5), history.startedAt());
    }

    private static Obeyed obeyed(int number, JobCommand command) {
        return new Obeyed(number, command);
    }

    @Test
    void aLeaderOfALowerEpochDoesNotGetTheJobBack() {
        JobStore jobs = new JobStore(new InMemoryObjectStore());
        JobJournal.lead(jobs.journal("restore-1"), 3, "c-1", 0);
        JobJournal newer = JobJournal.lead(jobs.journal("restore-1"), 4, "c-2", 0);

        assertThrows(
                JobJournal.SupersededException.class, () -> JobJournal.lead(jobs.journal("restore-1"), 3, "c-1", 0));
        newer.append(PLANNED);
    }

    @Test
    void aProcessWithoutAFleetGoesOnWithWhatHadEnded() {
        JobStore jobs = new JobStore(new InMemoryObjectStore());
        JobJournal.open(jobs.journal("restore-1"), "pid 1", 0).append(PARTLY);

        assertEquals(
                JobState.RUNNING,
                JobJournal.open(jobs.journal("restore-1"), "pid 2", 0).history().state());
    }

    @Test
    void theNewestOfEachKindCounts() {
        JobHistory history = JobHistory.of(List.of(
                new Opened(1, "pid 1", 0),
                PLANNED,
                READY,
                new SnapshotTaken("key"),
                PART,
                new Thawed("orders", "not yet"),
                PARTLY,
                new Opened(2, "pid 2", 0),
                new Obeyed(0, new JobCommand.Resume("pid 2", 0)),
                DONE,
                new Thawed("orders", "")));

        assertEquals(2, history.epoch());
        assertEquals(Map.of("orders", PLANNED), history.planned());
        assertEquals(Map.of("orders", READY), history.ready());
        assertEquals(Map.of(0, DONE), history.shards());
        assertEquals(Map.of("orders", new Thawed("orders", "")), history.thawed());
        assertEquals(Optional.of("key"), history.snapshot());
        assertEquals(Optional.empty(), history.finished());
    }

    @Test
    void whoOpensAJobSupersedesWhoeverHadIt() {
        JobStore jobs = new JobStore(new InMemoryObjectStore());
        JobJournal first = JobJournal.open(jobs.journal("restore-1"), "pid 1", 0);
        first.append(PLANNED);
        JobJournal second = JobJournal.open(jobs.journal("restore-1"), "pid 2", 0);

        assertThrows(JobJournal.SupersededException.class, () -> first.append(READY));
        second.append(READY);
        assertEquals(2, second.history().epoch());
        assertEquals(
                List.of(new Opened(1, "pid 1", 0), PLANNED, new Opened(2, "pid 2", 0), READY),
                jobs.journal("restore-1").events());
    }

    /** Two open at once: both get in, one after the other, and the later one has the job. */
    @Test
    void whoLosesTheRaceToOpenTriesAgain() {
        JobStore jobs = new JobStore(new InMemoryObjectStore());
        EventLog<JobEvent> stale = jobs.journal("restore-1");
        JobJournal first = JobJournal.open(jobs.journal("restore-1"), "pid 1", 0);

        JobJournal second = JobJournal.open(stale, "pid 2", 0);

        assertEquals(2, second.history().epoch());
        assertThrows(JobJournal.SupersededException.class, () -> first.append(READY));
    }
}
