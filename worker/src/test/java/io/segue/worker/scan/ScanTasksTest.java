package io.segue.worker.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.ScanSpec;
import io.segue.protocol.job.ScanTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskResult.Scanned;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.Stretch;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import io.segue.worker.log.RecordLog.Read;
import io.segue.worker.log.ScriptedLog;
import io.segue.worker.log.SteppingTime;
import io.segue.worker.task.OneTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScanTasksTest {
    private static final TopicPartition TARGET = new TopicPartition("restored", 3);

    private final SteppingTime time = new SteppingTime();
    private @Nullable String wanted;
    private OneTask world = world();

    @Test
    void recordsBecomeRuns() {
        ScriptedLog log = new ScriptedLog()
                .records(103, List.of(from(100, 500), from(101, 501), from(102, 502)))
                .records(110, List.of(from(103, 503), from(105, 504), from(106, 509)));

        Scanned scanned = scan(log);

        assertEquals(new Scanned(6, 0, 0, List.of("a"), null, 110), scanned);
        assertEquals(
                List.of("orders/3 500→100 ×4", "orders/3 504→105 ×1", "orders/3 509→106 ×1"),
                runs(),
                "the topic is renamed, the partition that of the target");
    }

    @Test
    void sourcePartitionsAreToldApart() {
        scan(new ScriptedLog()
                .records(110, List.of(from(100, 7, 0), from(101, 7, 6), from(102, 8, 6), from(103, 8, 0))));
        assertEquals(
                List.of("orders/0 7→100 ×1", "orders/6 7→101 ×2", "orders/0 8→103 ×1"),
                runs(),
                "each has its own order");
    }

    @Test
    void foreignRecordsAreCounted() {
        Scanned scanned = scan(new ScriptedLog()
                .records(110, List.of(from(100, 7), ScriptedLog.record(101), from(102, 8), ScriptedLog.record(103))));
        assertEquals(2, scanned.records());
        assertEquals(2, scanned.unmarked());
        assertEquals(List.of("orders/3 7→100 ×1", "orders/3 8→102 ×1"), runs());
    }

    @Test
    void theClusterLookedForAloneIsMapped() {
        wanted = "a";
        world = world();
        Scanned scanned = scan(new ScriptedLog()
                .records(
                        110,
                        List.of(
                                from(100, 7),
                                named(101, 7, OriginHeadersTest.text("x-kafka-backup-cluster", "b")),
                                named(102, 3),
                                from(103, 8))));
        assertEquals(new Scanned(2, 1, 1, List.of("a"), null, 110), scanned);
        assertEquals(List.of("orders/3 7→100 ×1", "orders/3 8→103 ×1"), runs());
    }

    @Test
    void severalClustersAreNamed() {
        Scanned scanned = scan(new ScriptedLog()
                .records(
                        110,
                        List.of(
                                from(100, 7),
                                named(101, 8, OriginHeadersTest.text("x-kafka-backup-cluster", "b")),
                                named(102, 9))));
        assertEquals(List.of("", "a", "b"), scanned.clusters());
    }

    @Test
    void aRecordThatIsThereTwiceEndsTheMapping() {
        Scanned scanned =
                scan(new ScriptedLog().records(110, List.of(from(100, 7), from(101, 8), from(102, 8), from(103, 9))));
        String problem = assertNotNullMessage(scanned.problem());
        assertTrue(
                problem.startsWith(
                        "at target offset 102 stands source offset 8 of orders/3, after 8: a record is there"),
                problem);
        assertEquals(List.of("orders/3 7→100 ×2"), runs());
    }

    @Test
    void whatTheLogDeletedMeanwhileIsPassedOver() {
        Scanned scanned =
                scan(new ScriptedLog().then(() -> new Read.OutOfRange(100, 104)).records(110, List.of(from(104, 9))));
        assertEquals(1, scanned.records());
        assertEquals(List.of("orders/3 9→104 ×1"), runs());
    }

    @Test
    void manyRunsBecomeManyFragments() {
        List<SegmentRecord> records = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            records.add(from(2L * i, i));
        }
        world = new OneTask(spec(), new ScanTask("restored-3", TARGET, 0, 100_000), time);
        scan(new ScriptedLog().records(100_000, records));
        List<Fragment> fragments = fragments();
        assertEquals(3, fragments.size());
        assertEquals(
                List.of(0L, 20_000L, 40_000L),
                fragments.stream().map(Fragment::firstOrdinal).toList());
    }

    private Scanned scan(ScriptedLog log) {
        TaskEvent end = world.run(ScanTask.class, new ScanTasks(job -> log, time));
        return assertInstanceOf(Scanned.class, assertInstanceOf(Done.class, end).result());
    }

    private List<Fragment> fragments() {
        return world.fragments();
    }

    private List<String> runs() {
        List<String> runs = new ArrayList<>();
        for (Fragment fragment : fragments()) {
            for (Stretch stretch : fragment.stretches()) {
                Run run = stretch.run();
                runs.add(stretch.source() + " " + run.source() + "→" + run.target() + " ×" + run.length());
            }
        }
        return runs;
    }

    private OneTask world() {
        return new OneTask(spec(), new ScanTask("restored-3", TARGET, 100, 110), time);
    }

    private ScanSpec spec() {
        return new ScanSpec("target", wanted, Map.of("restored", "orders"));
    }

    private static SegmentRecord from(long target, long source) {
        return named(target, source, OriginHeadersTest.text("x-kafka-backup-cluster", "a"));
    }

    private static SegmentRecord from(long target, long source, int partition) {
        return named(target, source, OriginHeadersTest.text("x-kafka-backup-partition", Integer.toString(partition)));
    }

    private static SegmentRecord named(long target, long source, RecordHeader... more) {
        List<RecordHeader> headers = new ArrayList<>(List.of(more));
        headers.add(OriginHeadersTest.text("x-kafka-backup-offset", Long.toString(source)));
        SegmentRecord plain = ScriptedLog.record(target);
        return new SegmentRecord(target, plain.timestamp(), plain.key(), plain.value(), headers);
    }

    private static String assertNotNullMessage(@Nullable String message) {
        assertNotNull(message, "no problem was found");
        return String.valueOf(message);
    }
}
