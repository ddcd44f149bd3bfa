package io.segue.coordinator.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobEvent.DataDone;
import io.segue.protocol.job.JobEvent.Finished;
import io.segue.protocol.job.JobEvent.Interrupted;
import io.segue.protocol.job.JobEvent.Opened;
import io.segue.protocol.job.JobEvent.ShardReset;
import io.segue.protocol.job.JobEvent.SnapshotTaken;
import io.segue.protocol.job.JobEvent.Thawed;
import io.segue.protocol.job.JobEvent.TopicPlanned;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.store.InMemoryObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobHistoryTest {
    private static final TopicPlanned PLANNED = new TopicPlanned("orders", true, Map.of("retention.ms", "5"));
    private static final TopicReady READY = new TopicReady("orders", "id", List.of(0L));
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
        assertEquals(JobState.RUNNING, after(opened, PARTLY, new Opened(2, "pid 2", 0)));
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
