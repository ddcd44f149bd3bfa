package io.segue.worker.append;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import io.segue.worker.append.Delivery.ContentCheck;
import io.segue.worker.append.ModelPartition.Fate;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.append.wire.BatchEncoder;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.Lease;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.lease.Moment;
import io.segue.worker.lease.TaskJournal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FencedAppendTest {
    private static final long BASE = 10;
    private static final ContentCheck ANY = (ordinal, found) -> {};
    private static final ContentCheck NONE = (ordinal, found) -> {
        throw new AttemptOver.Broken("orders/0", "record " + ordinal + " at " + found.offset(), false);
    };

    private final ManualTime time = new ManualTime();
    private final ModelBroker broker = new ModelBroker(BASE, time);
    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final Lease lease = new Lease(time);
    private Fate fate = Fate.ACKNOWLEDGED;

    private TaskJournal granted(int attempt) {
        Granted grant = new Granted(attempt, "worker", "topic", BASE, 0);
        EventLog<TaskEvent> log = jobs.taskLog("restore-1", "t-0");
        log.append(grant);
        return new TaskJournal(log, grant, time);
    }

    private FencedAppend append(TaskJournal journal) {
        ModelPartition partition = new ModelPartition(broker, new Faults() {
            @Override
            public Fate fate() {
                return fate;
            }
        });
        LeaseGate gate = new LeaseGate(lease, journal, time, () -> false, partition::disconnect);
        return new FencedAppend("orders/0", partition, journal, gate, time, step -> {});
    }

    private static EncodedBatch batch(int count) {
        BatchEncoder encoder = new BatchEncoder(BatchCompression.LZ4, 1_000_000);
        for (int i = 0; i < count; i++) {
            encoder.add(record(i));
        }
        return encoder.take();
    }

    private static SegmentRecord record(long timestamp) {
        return new SegmentRecord(0, timestamp, null, null, List.of());
    }

    @Test
    void theFirstAttachIsJournaledWithoutAFence() throws Exception {
        TaskJournal journal = granted(1);
        FencedAppend append = append(journal);

        assertEquals(0, append.attach(NONE));
        assertTrue(append.append(batch(3), "first"));
        assertTrue(append.append(batch(2), "second"));

        assertEquals(List.of(new Attached(1, 7_000, (short) 0, BASE - 1, 0)), journal.attaches());
        assertEquals(BASE + 5, append.seal(5, NONE));
        assertEquals(BASE + 4, append.targetOf(4));
        assertEquals(0, broker.markers());
    }

    @Test
    void aLaterAttemptFencesAndCounts() throws Exception {
        FencedAppend first = append(granted(1));
        first.attach(NONE);
        first.append(batch(3), "first");

        TaskJournal journal = granted(2);
        FencedAppend second = append(journal);

        assertEquals(3, second.attach(ANY));
        assertEquals(
                new Attached(2, 7_000, (short) 1, BASE + 3, 3),
                journal.attaches().get(1));
        assertTrue(second.append(batch(1), "second"));
        assertEquals(BASE + 2, second.targetOf(2));
        assertEquals(BASE + 4, second.targetOf(3));
        assertEquals(BASE + 6, second.seal(4, ANY), "the seal fences once more");
    }

    @Test
    void theOlderWriterIsTurnedAway() throws Exception {
        FencedAppend first = append(granted(1));
        first.attach(NONE);
        first.append(batch(3), "first");
        append(granted(2)).attach(ANY);

        assertFalse(first.append(batch(3), "late"), "its lease is fresh, so that the broker has to refuse");
        assertThrows(AttemptOver.Superseded.class, () -> first.attach(ANY));
        assertEquals(3, broker.records().size());
    }

    @Test
    void anUnclearOutcomeIsClearedUpByTheNextAttach() throws Exception {
        FencedAppend append = append(granted(1));
        append.attach(NONE);
        fate = Fate.ACK_LOST;
        assertFalse(append.append(batch(3), "first"));
        assertEquals(3, append.attach(ANY));
        fate = Fate.LOST;
        assertFalse(append.append(batch(2), "second"));
        assertEquals(3, append.attach(ANY));
        fate = Fate.UNREPLICATED;
        assertFalse(append.append(batch(2), "third"));
        broker.failover();
        assertEquals(3, append.attach(ANY));
    }

    @Test
    void theTransactionalIdIsRenewedDailyWithoutAMarker() throws Exception {
        TaskJournal journal = granted(1);
        FencedAppend append = append(journal);
        append.attach(NONE);
        assertTrue(append.append(batch(3), "first"));
        elapse(Duration.ofHours(25));

        assertTrue(append.append(batch(2), "second"));

        assertEquals(1, journal.attaches().size());
        assertEquals(BASE + 5, append.seal(5, NONE));
        assertEquals(0, broker.markers());
        assertEquals((short) 1, broker.at(BASE + 4).orElseThrow().writer().epoch());
    }

    @Test
    void whoIsSupersededDoesNotWriteUnderTheEpochThatItRenewed() throws Exception {
        FencedAppend first = append(granted(1));
        first.attach(NONE);
        first.append(batch(3), "first");
        FencedAppend second = append(granted(2));
        second.attach(ANY);
        elapse(Duration.ofHours(25));

        assertThrows(AttemptOver.Superseded.class, () -> first.append(batch(3), "late"));
        assertEquals(3, broker.records().size());
    }

    /** The lease is held meanwhile. */
    private void elapse(Duration duration) {
        time.advance(duration);
        lease.renewed(Moment.now(time));
    }

    /** The content of the last record is what tells records of others from ours: without the check they are counted. */
    @Test
    void onlyTheContentCheckTellsRecordsOfOthers() throws Exception {
        append(granted(1)).attach(NONE);
        broker.foreign(record(99));

        assertThrows(AttemptOver.Broken.class, () -> append(granted(2)).attach(NONE));
        assertEquals(1, append(granted(3)).attach(ANY));
    }

    @Test
    void recordsBehindTheSealedEndAreFound() throws Exception {
        FencedAppend append = append(granted(1));
        append.attach(NONE);
        append.append(batch(3), "first");
        broker.foreign(record(99));

        AttemptOver.Broken broken = assertThrows(AttemptOver.Broken.class, () -> append.seal(3, ANY));
        assertFalse(broken.retryable());
        assertEquals("orders/0", broken.place());
    }

    @Test
    void aSealThatCountsOtherwiseIsRefused() throws Exception {
        append(granted(1)).attach(NONE);
        FencedAppend second = append(granted(2));
        second.attach(ANY);
        second.append(batch(3), "first");

        assertThrows(AttemptOver.Broken.class, () -> second.seal(4, ANY));
    }

    /** What was connected and let through before the wait says nothing about the time after it. */
    @Test
    void aLeaseThatWasLostAndRenewedNeedsANewAttach() throws Exception {
        FencedAppend append = append(granted(1));
        append.attach(NONE);
        assertTrue(append.append(batch(3), "first"));
        time.advance(Duration.ofSeconds(8));
        time.onPause(() -> lease.renewed(Moment.now(time)));

        assertFalse(append.append(batch(2), "second"));
        assertEquals(3, broker.records().size(), "nothing was written");
        assertEquals(3, append.attach(ANY));
        assertTrue(append.append(batch(2), "second"));
        assertEquals(1, broker.markers());
    }

    @Test
    void withoutALeaseNobodyAttaches() {
        FencedAppend append = append(granted(1));
        time.advance(Duration.ofSeconds(8));

        assertThrows(AttemptOver.Stopped.class, () -> append.attach(NONE));
        assertEquals(0, broker.markers());
        assertEquals(
                (short) 0, new ModelPartition(broker, Faults.NONE).nextWriter().epoch(), "no epoch was taken");
    }

    @Test
    void aWriterThatCannotBeFencedIsWaitedOut() throws Exception {
        append(granted(1)).attach(NONE);
        broker.forgetTransactionalId();

        append(granted(2)).attach(ANY);

        assertEquals(Duration.ofSeconds(55), time.passed());
    }

    @Test
    void anAttachWhoseMarkerIsGoneIsVoid() throws Exception {
        FencedAppend first = append(granted(1));
        first.attach(NONE);
        first.append(batch(3), "first");
        append(granted(2)).attach(ANY);
        broker.truncate(BASE + 1);

        assertEquals(1, append(granted(3)).attach(ANY));
    }
}
