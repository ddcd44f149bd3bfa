package io.segue.coordinator.check;

import static io.segue.coordinator.dispatch.ScriptedWorkers.failing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.check.ValidationReport.Kind;
import io.segue.coordinator.dispatch.ScriptedWorkers;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.job.CheckTask;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskResult;
import io.segue.protocol.job.TaskResult.Checked;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CheckJobTest implements JobListener {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private final InMemoryObjectStore storage = new InMemoryObjectStore();
    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final ManualTime time = new ManualTime();
    private final ScriptedWorkers workers = new ScriptedWorkers(jobs, this::check, time);
    private boolean stopped;

    @Test
    void aGoodBackupIsValid() throws InterruptedException {
        ValidationReport report = run(manifest(2)).orElseThrow();
        assertTrue(report.valid());
        assertEquals(new ValidationReport(true, 4, 40, List.of(), 0), report);
    }

    @Test
    void whatTasksFindStandsBesideWhatTheListingFound() throws InterruptedException {
        workers.next(
                "orders-1",
                (task, grant) -> List.of(new TaskEvent.Done(
                        grant.attempt(),
                        new Checked(
                                2,
                                5,
                                100,
                                List.of(
                                        new TaskResult.Finding(true, "b1/orders-1-0", "has CRC 1"),
                                        new TaskResult.Finding(false, "b1/orders-1-10", "is odd")),
                                7,
                                1))));
        Manifest manifest = manifest(2);
        storage.delete("b1/orders-0-0");
        ValidationReport report = run(manifest).orElseThrow();
        assertFalse(report.valid());
        assertEquals(
                List.of(
                        new Finding(Kind.DAMAGE, ORDERS, "b1/orders-0-0", "is missing"),
                        new Finding(Kind.DAMAGE, new TopicPartition("orders", 1), "b1/orders-1-0", "has CRC 1"),
                        new Finding(Kind.REMARK, new TopicPartition("orders", 1), "b1/orders-1-10", "is odd")),
                report.findings());
        assertEquals(8, report.damages(), "findings that no task lists are counted");
        assertEquals(3, report.segmentsRead(), "what is missing is not looked for again");
    }

    @Test
    void whatCouldNotBeReadIsNotValid() throws InterruptedException {
        workers.next("orders-0", failing(false));
        ValidationReport report = run(manifest(1)).orElseThrow();
        assertFalse(report.valid());
        assertEquals(0, report.damages());
        assertEquals(
                List.of(new Finding(
                        Kind.UNREAD,
                        ORDERS,
                        "b1/orders-0-0",
                        "and the 1 segments after it were not read to the end: b1/s1: broken")),
                report.findings());
    }

    @Test
    void aStopEndsItAndAResumeReadsOnlyTheRest() throws InterruptedException {
        workers.next("orders-1", (task, grant) -> {
            stopped = true;
            return List.of(new TaskEvent.Released(grant.attempt(), "stopped on request"));
        });
        Manifest manifest = manifest(2);
        assertTrue(run(manifest).isEmpty());
        stopped = false;
        int before = workers.orders().size();
        assertEquals(
                40, checks().open("validation-1", "pid 2").run().orElseThrow().recordsRead());
        assertTrue(workers.orders().size() - before <= 2);
    }

    @Test
    void aManifestThatChangedIsRefused() throws InterruptedException {
        run(manifest(2));
        manifest(1);
        assertThrows(JobRefusedException.class, () -> checks().open("validation-1", "pid 2"));
    }

    @Test
    void tasksAreCutBySegmentsAndBytes() {
        Segment large = new Segment("large", 0, 9, 0, 0, 10, 0, CheckPlan.TASK_BYTES);
        Segment small = new Segment("small", 10, 19, 0, 0, 10, 0, 5);
        List<CheckTask> tasks = CheckPlan.tasks(
                new Manifest(
                        "b1",
                        0,
                        null,
                        List.of(),
                        "zstd",
                        List.of(new Manifest.Topic(
                                "orders",
                                1,
                                List.of(new Manifest.Partition(0, List.of(large, small, small), List.of()))))),
                java.util.Set.of());
        assertEquals(
                List.of("orders-0", "orders-0@1"),
                tasks.stream().map(CheckTask::id).toList());
        assertEquals(2, tasks.get(1).segments().size());
    }

    private Optional<ValidationReport> run(Manifest manifest) throws InterruptedException {
        checks().create("validation-1", 0, "b1", manifest);
        return checks().open("validation-1", "pid 1").run();
    }

    private CheckJobs checks() {
        return new CheckJobs(jobs, storage, this, new RunLimits(workers, time, 2, () -> stopped));
    }

    /** Stored with two segments of ten records in each partition. */
    private Manifest manifest(int partitions) {
        List<Manifest.Partition> all = java.util.stream.IntStream.range(0, partitions)
                .mapToObj(number ->
                        new Manifest.Partition(number, List.of(segment(number, 0), segment(number, 10)), List.of()))
                .toList();
        Manifest manifest =
                new Manifest("b1", 0, null, List.of(), "zstd", List.of(new Manifest.Topic("orders", partitions, all)));
        storage.put(Manifest.key("b1"), ManifestJson.write(manifest));
        return manifest;
    }

    private Segment segment(int partition, long first) {
        String key = "b1/orders-" + partition + "-" + first;
        storage.put(key, new byte[50]);
        return new Segment(key, first, first + 9, 0, 0, 10, 100, 50);
    }

    private List<TaskEvent> check(JobTask task, Granted grant) {
        CheckTask check = (CheckTask) task;
        int segments = check.segments().size();
        return List.of(new TaskEvent.Done(
                grant.attempt(), new Checked(segments, 10L * segments, 50L * segments, List.of(), 0, 0)));
    }

    @Override
    public void phase(String title) {}

    @Override
    public void said(String line) {}

    @Override
    public void expected(long records, long bytes) {}

    @Override
    public void advanced(long records, long bytes) {}
}
