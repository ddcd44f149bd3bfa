package io.segue.worker.append;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Aborted;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import io.segue.worker.append.AppendSteps.Step;
import io.segue.worker.append.Delivery.ContentCheck;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.Lease;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.lease.TaskJournal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionalAppendTest {
    private static final long BASE = 10;
    private static final int RECORDS = 9;
    private static final int BATCH = 3;
    private static final ContentCheck CHECK = (ordinal, found) -> assertEquals(checksum(ordinal), found.checksum());

    private final ManualTime time = new ManualTime();
    private final ModelTransactions model = new ModelTransactions(BASE);
    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final Lease lease = new Lease(time);

    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private TaskJournal granted(int attempt) {
        Granted grant = new Granted(attempt, "worker", "topic", BASE, 0);
        EventLog<TaskEvent> log = jobs.taskLog("restore-1", "t-0");
        log.append(grant);
        return new TaskJournal(log, grant, time);
    }

    private TransactionalAppend append(TaskJournal journal, AppendSteps steps) {
        TransactionalTarget target = model.connection();
        LeaseGate gate = new LeaseGate(lease, journal, time, () -> false, target::disconnect);
        return new TransactionalAppend("orders/0", target, journal, gate, steps);
    }

    /** As an attempt does; returns the sealed end. */
    private static long run(TransactionalAppend append) throws AttemptOver, InterruptedException {
        long held = append.attach(CHECK);
        while (held < RECORDS) {
            held = append.append(batch(held), "from " + held) ? held + BATCH : append.attach(CHECK);
        }
        return append.seal(RECORDS, CHECK);
    }

    private static EncodedBatch batch(long from) {
        io.segue.worker.append.wire.BatchEncoder encoder =
                new io.segue.worker.append.wire.BatchEncoder(BatchCompression.LZ4, 1_000_000);
        for (long i = from; i < from + BATCH; i++) {
            encoder.add(new SegmentRecord(0, i, null, null, List.of()));
        }
        return encoder.take();
    }

    private static int checksum(long ordinal) {
        return new RecordChecksum(ordinal, null, null).value();
    }

    private void assertExact() {
        assertEquals(
                IntStream.range(0, RECORDS)
                        .mapToObj(TransactionalAppendTest::checksum)
                        .toList(),
                model.committedRecords());
    }

    @Test
    void eachBatchIsATransaction() throws Exception {
        TransactionalAppend append = append(granted(1), step -> {});

        assertEquals(BASE + RECORDS + 3, run(append));

        assertExact();
        assertEquals(BASE + 8, append.targetOf(6));
    }

    /** Twice at the same step; then somebody ends it. */
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {
                "BEFORE_FENCE",
                "AFTER_FENCE",
                "BEFORE_ATTACH_JOURNALED",
                "AFTER_ATTACH_JOURNALED",
                "BEFORE_PRODUCE",
                "AFTER_PRODUCE",
                "BEFORE_COMMIT",
                "AFTER_COMMIT"
            })
    void whatWasLeftOpenIsRolledForward(Step step) throws Exception {
        for (int attempt = 1; attempt <= 2; attempt++) {
            TransactionalAppend dying = append(granted(attempt), at -> {
                if (at == step) {
                    throw new Death();
                }
            });
            assertThrows(Death.class, () -> run(dying));
        }

        run(append(granted(3), at -> {}));

        assertExact();
        assertEquals(RECORDS, model.everyRecord(), "nothing was aborted");
    }

    @Test
    void whatWasAbortedIsWrittenAgainAndJournaled() throws Exception {
        dies(1, Step.BEFORE_COMMIT, 2);
        model.abort();
        TaskJournal journal = granted(2);

        run(append(journal, at -> {}));

        assertExact();
        assertEquals(RECORDS + BATCH, model.everyRecord());
        assertEquals(
                List.of(new Aborted(2, 14, 15), new Aborted(2, 15, 16), new Aborted(2, 16, 17)), journal.aborted());
    }

    private void dies(int attempt, Step step, int occurrence) {
        int[] reached = {0};
        TransactionalAppend dying = append(granted(attempt), at -> {
            if (at == step && ++reached[0] == occurrence) {
                throw new Death();
            }
        });
        assertThrows(Death.class, () -> run(dying));
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"AFTER_FENCE", "BEFORE_PRODUCE", "AFTER_PRODUCE", "BEFORE_COMMIT", "AFTER_COMMIT"})
    void aSleeperThatWakesWritesNothing(Step step) {
        boolean[] slept = {false};
        TransactionalAppend sleeper = append(granted(1), at -> {
            if (at == step && !slept[0]) {
                slept[0] = true;
                try {
                    run(append(granted(2), any -> {}));
                } catch (AttemptOver | InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });

        assertThrows(Exception.class, () -> run(sleeper), "superseded, or fenced");

        assertExact();
        assertEquals(RECORDS, model.everyRecord());
    }

    @Test
    void whatOthersWroteIsNotCounted() {
        model.foreign();

        AttemptOver.Broken broken = assertThrows(
                AttemptOver.Broken.class, () -> append(granted(1), at -> {}).attach(CHECK));

        assertTrue(String.valueOf(broken.getMessage()).contains("that this job did not write"), broken::getMessage);
    }

    @Test
    void aJournalThatLostEntriesIsNoGround() throws Exception {
        dies(1, Step.BEFORE_COMMIT, 3);
        model.journal.remove(0);

        AttemptOver.Broken broken = assertThrows(
                AttemptOver.Broken.class, () -> append(granted(2), at -> {}).attach(CHECK));

        assertTrue(String.valueOf(broken.getMessage()).contains("says nothing of records 0 to 2"), broken::getMessage);
    }

    /** The log alone tells it, though at length. */
    @Test
    void aJournalThatWasMadeAnewIsDoneWithout() throws Exception {
        dies(1, Step.BEFORE_COMMIT, 3);
        model.journal.clear();

        run(append(granted(2), at -> {}));

        assertExact();
        assertEquals(RECORDS, model.everyRecord());
    }
}
