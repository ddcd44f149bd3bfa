package io.segue.coordinator.scan;

import static io.segue.coordinator.dispatch.ScriptedWorkers.failing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.ScriptedWorkers;
import io.segue.coordinator.dispatch.ScriptedWorkers.Act;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.restore.RunLimits;
import io.segue.coordinator.scan.ScanReport.Scanned;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.ScanTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.job.TaskResult;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScanJobTest implements JobListener {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicPartition RESTORED = new TopicPartition("restored", 0);
    private static final long STRETCH = ScanPlan.STRETCH;

    private final InMemoryKafkaCluster target = new InMemoryKafkaCluster("target-cluster");
    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final ManualTime time = new ManualTime();
    private final ScriptedWorkers workers = new ScriptedWorkers(jobs, ScanJobTest::shifted, time);
    private @Nullable String wanted = "a";
    private boolean stopped;

    ScanJobTest() {
        target.log("restored", 0, 0, 100);
        target.log("restored", 1, 0, 0);
    }

    @Test
    void fragmentsBecomeTheMapping() throws InterruptedException {
        Scan scan = run().orElseThrow();

        assertTrue(scan.report().complete());
        assertEquals(List.of(mapping(new Run(500, 0, 100))), scan.mapping().mappings());
        assertEquals("a", scan.mapping().sourceClusterId());
        assertEquals("target-cluster", scan.mapping().targetClusterId());
        assertEquals(
                new Scanned(RESTORED, 100, 3, 0, 100, null),
                scan.report().partitions().get(0));
        assertEquals(
                new Scanned(new TopicPartition("restored", 1), 0, 0, 0, 0, null),
                scan.report().partitions().get(1),
                "an empty partition is scanned");
        assertEquals(1, workers.orders().size(), "and takes no task");
        assertEquals(scan.mapping().mappings(), stored());
    }

    @Test
    void stretchesAreJoined() throws InterruptedException {
        target.log("restored", 0, 0, STRETCH + 40);
        Scan scan = run().orElseThrow();
        assertEquals(
                List.of(mapping(new Run(500, 0, STRETCH + 40))), scan.mapping().mappings());
        assertEquals(2, workers.orders().size());
    }

    @Test
    void sourceOffsetsThatGoBackAcrossStretchesAreAProblem() throws InterruptedException {
        target.log("restored", 0, 0, STRETCH + 40);
        workers.next("restored-0@" + STRETCH, found(List.of(new Run(700, STRETCH, 40)), "a"));
        Scan scan = run().orElseThrow();
        assertProblem(scan, "at target offset 10000000 stands source offset 700 of orders/0, after 10000499");
    }

    @Test
    void onlyTheAttemptThatFinishedCounts() throws InterruptedException {
        workers.mapsEveryTime();
        workers.next(
                "restored-0",
                (task, grant) -> List.of(
                        new Mapped(grant.attempt(), fragment(List.of(new Run(3, 0, 50)))),
                        new TaskEvent.Released(grant.attempt(), "handed over")));
        assertEquals(
                List.of(mapping(new Run(500, 0, 100))),
                run().orElseThrow().mapping().mappings());
    }

    @Test
    void whatATaskFoundWrongIsTheProblem() throws InterruptedException {
        workers.next(
                "restored-0",
                (task, grant) -> List.of(new TaskEvent.Done(
                        grant.attempt(), new TaskResult.Scanned(9, 0, 0, List.of("a"), "at target offset 7 …", 100))));
        assertProblem(run().orElseThrow(), "at target offset 7 …");
    }

    @Test
    void whatWasNotReadIsAProblem() throws InterruptedException {
        workers.next("restored-0", failing(false));
        assertProblem(run().orElseThrow(), "target offsets 0 to 99 were not read: b1/s1: broken");
    }

    @Test
    void severalClustersMustBeToldApart() throws InterruptedException {
        wanted = null;
        workers.next("restored-0", found(List.of(new Run(500, 0, 100)), "", "a"));
        Scan scan = run().orElseThrow();
        assertProblem(scan, "the records of topic restored name several source clusters (none, 'a')");
        assertNull(scan.mapping().sourceClusterId());
    }

    @Test
    void theOneClusterThatAllNameIsKnown() throws InterruptedException {
        wanted = null;
        assertEquals("a", run().orElseThrow().mapping().sourceClusterId());
    }

    @Test
    void aLaterScanReadsOnlyWhatCameSince() throws InterruptedException {
        Scan first = run().orElseThrow();
        target.log("restored", 0, 0, 130);
        int before = workers.orders().size();
        Scan second = scan(request(Optional.of(first))).orElseThrow();
        assertEquals(List.of(mapping(new Run(500, 0, 130))), second.mapping().mappings());
        assertEquals(130, second.report().of(RESTORED).orElseThrow().records());
        assertEquals(1, workers.orders().size() - before);
        ScanTask task = jobs.tasks(second.report().jobId(), ScanTask.class).get(0);
        assertEquals(List.of(100L, 130L), List.of(task.from(), task.to()));
    }

    @Test
    void aTopicThatWasTruncatedIsNotContinued() throws InterruptedException {
        Scan first = run().orElseThrow();
        target.log("restored", 0, 0, 60);
        assertThrows(JobRefusedException.class, () -> scan(request(Optional.of(first))));
    }

    @Test
    void aTopicThatDoesNotExistIsRefused() {
        JobRefusedException refused = assertThrows(
                JobRefusedException.class, () -> scan(ScanRequest.of(List.of("restored", "unheard-of"), null)));
        assertEquals("the cluster has no topic unheard-of", refused.getMessage());
        assertEquals(List.of(), jobs.ids());
    }

    @Test
    void aStopEndsIt() throws InterruptedException {
        workers.next("restored-0", (task, grant) -> {
            stopped = true;
            return List.of(new TaskEvent.Released(grant.attempt(), "stopped on request"));
        });
        assertTrue(run().isEmpty());
    }

    private void assertProblem(Scan scan, String beginning) {
        Scanned partition = scan.report().of(RESTORED).orElseThrow();
        assertFalse(partition.scanned());
        assertTrue(String.valueOf(partition.problem()).startsWith(beginning), partition.problem());
        assertEquals(List.of(), scan.mapping().mappings());
        assertEquals(JobState.COMPLETED_PARTLY, scan.report().state());
    }

    private Optional<Scan> run() throws InterruptedException {
        return scan(request(Optional.empty()));
    }

    private ScanRequest request(Optional<Scan> earlier) {
        return new ScanRequest(List.of("restored"), wanted, Map.of("restored", "orders"), earlier);
    }

    private Optional<Scan> scan(ScanRequest request) throws InterruptedException {
        return new HeaderScan(jobs, target, this, new RunLimits(workers, time, 2, () -> stopped)).of(request);
    }

    private List<OffsetMapping> stored() {
        return jobs.readMapping(jobs.ids().get(0)).orElseThrow().mappings();
    }

    private static PartitionMapping mapping(Run... runs) {
        return new PartitionMapping(ORDERS, RESTORED, List.of(runs));
    }

    /** Every record is there, at its source offset less 500; three more are foreign. */
    private static List<TaskEvent> shifted(JobTask task, Granted grant) {
        ScanTask scan = (ScanTask) task;
        return found(List.of(new Run(scan.from() + 500, scan.from(), scan.weight())), "a")
                .of(task, grant);
    }

    private static Act found(List<Run> runs, String... clusters) {
        return (task, grant) -> {
            Fragment fragment = fragment(runs);
            List<TaskEvent> events = new ArrayList<>();
            events.add(new Mapped(grant.attempt(), fragment));
            events.add(new TaskEvent.Done(
                    grant.attempt(),
                    new TaskResult.Scanned(fragment.count(), 3, 0, List.of(clusters), null, ((ScanTask) task).to())));
            return events;
        };
    }

    private static Fragment fragment(List<Run> runs) {
        return Fragment.of(ORDERS, 0, runs, ReadPosition.start(0));
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
