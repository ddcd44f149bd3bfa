package io.segue.worker.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.CompareTask;
import io.segue.protocol.job.Defect.Kind;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskResult.Compared;
import io.segue.protocol.job.TaskResult.Difference;
import io.segue.protocol.job.VerificationSpec;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import io.segue.worker.log.RecordLog.Read;
import io.segue.worker.log.ScriptedLog;
import io.segue.worker.log.SteppingTime;
import io.segue.worker.restore.ListedSegments;
import io.segue.worker.restore.Records;
import io.segue.worker.restore.Specs;
import io.segue.worker.task.OneTask;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The archive holds source offsets 100 to 104 and 110 to 114; they went to 40 to 46, a fence stands at 47, the last three at
 * 48 to 50, and the fence of the seal at 51.
 */
class CompareTasksTest {
    private static final TopicPartition SOURCE = new TopicPartition("orders", 3);
    private static final TopicPartition TARGET = new TopicPartition("restored", 3);
    private static final List<SegmentRecord> ARCHIVE = new ArrayList<>(Records.range(100, 104));

    static {
        ARCHIVE.addAll(Records.range(110, 114));
    }

    private final List<SegmentRecord> log = new ArrayList<>();

    CompareTasksTest() {
        for (int i = 0; i < ARCHIVE.size(); i++) {
            log.add(moved(ARCHIVE.get(i), i < 7 ? 40 + i : 41 + i));
        }
    }

    @Test
    void whatIsTheSameIsCounted() {
        Compared compared = compare(52);

        assertTrue(compared.same());
        assertEquals(10, compared.records());
        assertEquals(ARCHIVE.stream().mapToLong(SegmentRecord::payloadBytes).sum(), compared.bytes());
    }

    @Test
    void anAlteredRecordIsLocated() {
        SegmentRecord before = log.get(7);
        log.set(7, new SegmentRecord(48, before.timestamp() + 1, before.key(), bytes("value-11x"), before.headers()));

        Compared compared = compare(52);

        assertEquals(9, compared.records());
        assertEquals(1, compared.altered());
        Difference difference = compared.differences().get(0);
        assertEquals(Kind.ALTERED, difference.kind());
        assertEquals(SOURCE, difference.source());
        assertEquals(List.of(112L, 48L), List.of(difference.sourceOffset(), difference.targetOffset()));
        assertEquals(
                "timestamp " + (before.timestamp() + 1) + " instead of " + before.timestamp()
                        + "; value differs from byte 8 on",
                difference.message());
    }

    @Test
    void headersAndNullsCount() {
        SegmentRecord first = log.get(0);
        log.set(0, new SegmentRecord(40, first.timestamp(), null, first.value(), List.of(new RecordHeader("h", null))));

        assertEquals(
                "key of null instead of 5 bytes; 1 headers instead of 0",
                compare(52).differences().get(0).message());
    }

    @Test
    void theOrderCounts() {
        SegmentRecord first = log.get(0);
        log.set(0, moved(log.get(1), 40));
        log.set(1, moved(first, 41));

        assertEquals(2, compare(52).altered());
    }

    /** A foreign record can only stand where no record of the restore belongs: at the offset of a fence. */
    @Test
    void foreignRecordsAreLocated() {
        log.add(7, Records.at(47));
        log.add(Records.at(51));

        Compared compared = compare(52);

        assertEquals(List.of(2L, 10L), List.of(compared.foreign(), compared.records()));
        assertEquals(
                List.of(47L, 51L),
                compared.differences().stream().map(Difference::targetOffset).toList());
        assertEquals(Kind.FOREIGN, compared.differences().get(0).kind());
    }

    @Test
    void recordsThatAreGoneAreOneDifference() {
        log.subList(5, 8).clear();

        Compared compared = compare(52);

        assertEquals(List.of(3L, 7L), List.of(compared.missing(), compared.records()));
        assertEquals(
                List.of(
                        new Difference(Kind.LOST, SOURCE, 110, 45, 2, "not on the target"),
                        new Difference(Kind.LOST, SOURCE, 112, 48, 1, "not on the target")),
                compared.differences(),
                "a fence stands between them");
    }

    @Test
    void aDeletedHeadIsMissing() {
        Compared compared = done(
                new ScriptedLog().then(() -> new Read.OutOfRange(40, 43)).records(52, log.subList(3, log.size())), 52);

        assertEquals(List.of(3L, 7L), List.of(compared.missing(), compared.records()));
        assertEquals(
                List.of(new Difference(Kind.LOST, SOURCE, 100, 40, 3, "not on the target")), compared.differences());
    }

    @Test
    void aLostEndIsCountedWithoutReadingOn() {
        log.subList(4, log.size()).clear();

        Compared compared = compare(44);

        assertEquals(List.of(6L, 4L), List.of(compared.missing(), compared.records()));
        assertEquals(
                "not on the target: the log was read up to offset 44, the restore wrote up to 52",
                compared.differences().get(0).message());
        assertEquals(104, compared.differences().get(0).sourceOffset());
    }

    @Test
    void aLogThatIsEmptyNowLostAll() {
        assertEquals(10, done(new ScriptedLog(), 0).missing());
    }

    @Test
    void manyDifferencesAreCountedAndAFewListed() {
        log.replaceAll(record -> new SegmentRecord(record.offset(), 7, record.key(), record.value(), List.of()));
        List<SegmentRecord> more = new ArrayList<>(log);

        Compared compared = compare(52);

        assertEquals(more.size(), compared.altered());
        assertTrue(compared.differences().size() <= Compared.MAX_DIFFERENCES);
    }

    @Test
    void aRestoreThatIsForgottenFailsByName() {
        OneTask world = world(52);
        TaskEvent end = world.run(CompareTask.class, tasks(new ScriptedLog()));

        assertEquals("restore-1", assertInstanceOf(Failed.class, end).place());
    }

    private Compared compare(long readTo) {
        return done(new ScriptedLog().records(readTo, log), readTo);
    }

    private static Compared done(ScriptedLog log, long readTo) {
        OneTask world = world(readTo);
        world.jobs().create(new JobFile("restore-1", 0, Specs.PLAIN), List.of());
        var written = world.jobs().taskLog("restore-1", "restored-3");
        written.append(new Attached(1, 7, (short) 0, 39, 0));
        written.append(new Attached(2, 7, (short) 1, 47, 7));
        written.append(new Attached(2, 7, (short) 2, 51, 10));
        TaskEvent end = world.run(CompareTask.class, tasks(log));
        return assertInstanceOf(
                Compared.class, assertInstanceOf(Done.class, end).result());
    }

    private static CompareTasks tasks(ScriptedLog log) {
        return new CompareTasks(
                (job, refs) -> new ListedSegments(List.of(ARCHIVE.subList(0, 5), ARCHIVE.subList(5, 10))),
                job -> log,
                new SteppingTime());
    }

    private static OneTask world(long readTo) {
        RestoreTask restored = new RestoreTask(
                "restored-3", List.of(new Input(SOURCE, List.of(), null, List.of())), TARGET, null, 10, 900);
        return new OneTask(
                new VerificationSpec("restore-1", "backup-1", "0f", "target-cluster"),
                new CompareTask("restored-3", restored, 40, 10, 52, readTo),
                new SteppingTime());
    }

    private static SegmentRecord moved(SegmentRecord record, long offset) {
        return new SegmentRecord(offset, record.timestamp(), record.key(), record.value(), record.headers());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
