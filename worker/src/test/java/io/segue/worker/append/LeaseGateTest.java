package io.segue.worker.append;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseGateTest {
    private final ManualTime time = new ManualTime();
    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final TaskJournal first = journal(1);
    private final LeaseGate gate = new LeaseGate(first, time, Duration.ofSeconds(10));

    private TaskJournal journal(int attempt) {
        Granted grant = new Granted(attempt, "worker", "topic", 0, 0);
        EventLog<TaskEvent> log = jobs.taskLog("restore-1", "t-0");
        log.append(grant);
        return new TaskJournal(log, grant);
    }

    @Test
    void readsTheLogBeforeTheFirstWrite() {
        journal(2);

        assertThrows(AttemptOver.Superseded.class, gate::pass);
    }

    @Test
    void readsTheLogAgainWhenHalfALeaseHasPassed() throws AttemptOver {
        gate.pass();
        journal(2);
        time.advance(Duration.ofMillis(4_999));
        gate.pass();
        time.advance(Duration.ofMillis(1));

        assertThrows(AttemptOver.Superseded.class, gate::pass);
    }

    @Test
    void whoeverDidNotReadTheNextGrantCannotWriteToTheLog() {
        journal(2);

        assertThrows(AttemptOver.Superseded.class, () -> first.append(new TaskEvent.Attached(1, 7, (short) 0, 5, 0)));
        assertEquals(2, jobs.taskLog("restore-1", "t-0").events().size());
    }

    @Test
    void theNewestAttemptPassesAsOftenAsItLikes() throws AttemptOver {
        for (int i = 0; i < 10; i++) {
            gate.pass();
            time.advance(Duration.ofSeconds(9));
        }
        first.check();
        assertEquals(1, first.grant().attempt());
    }
}
