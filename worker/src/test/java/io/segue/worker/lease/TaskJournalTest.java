package io.segue.worker.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.ManualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskJournalTest {
    private static final String JOB = "restore-1";
    private static final String TASK = "t-0";
    private static final Granted FIRST = new Granted(1, "w1", "topic", 0, 0);
    private static final Granted SECOND = new Granted(2, "w2", "topic", 0, 1);

    private int readable = Integer.MAX_VALUE;
    private final JobStore jobs = new JobStore(new InMemoryObjectStore((moment, operation, key) -> {
        if (operation == InMemoryObjectStore.Operation.READ
                && moment == InMemoryObjectStore.Moment.BEFORE
                && readable-- <= 0) {
            throw new StoreException.Unavailable("no answer", null);
        }
    }));

    @Test
    void aReadingThatBreaksOffBehindTheGrantOfAnotherDoesNotLetThisAttemptWriteBehindIt() throws Exception {
        jobs.taskLog(JOB, TASK).append(FIRST);
        TaskJournal first = new TaskJournal(jobs.taskLog(JOB, TASK), FIRST, new ManualTime());
        EventLog<TaskEvent> second = jobs.taskLog(JOB, TASK);
        second.append(SECOND);
        second.append(new Sealed(2, 0, 0, 0, null));

        readable = 2;
        assertThrows(StoreException.Unavailable.class, first::check);
        readable = Integer.MAX_VALUE;

        assertThrows(AttemptOver.Superseded.class, () -> first.append(new Failed(1, "storage", "no answer", true)));
        List<TaskEvent> events = jobs.taskLog(JOB, TASK).events();
        assertEquals(3, events.size(), events::toString);
    }

    @Test
    void theOneThatWasGrantedLastWrites() throws Exception {
        jobs.taskLog(JOB, TASK).append(FIRST);
        TaskJournal first = new TaskJournal(jobs.taskLog(JOB, TASK), FIRST, new ManualTime());

        first.append(new Released(1, "done for today"));

        assertEquals(2, jobs.taskLog(JOB, TASK).events().size());
    }
}
