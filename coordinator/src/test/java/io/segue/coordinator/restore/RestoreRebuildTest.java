package io.segue.coordinator.restore;

import static io.segue.coordinator.dispatch.ScriptedWorkers.failing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.dispatch.ScriptedWorkers.Act;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.protocol.job.Defect;
import io.segue.protocol.job.Defect.Kind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.job.TaskEvent.Rebased;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.InMemoryObjectStore.Moment;
import io.segue.protocol.store.InMemoryObjectStore.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code retry --rebuild}: a partition whose log is spoilt, or whose topic is another one, is restored again. */
class RestoreRebuildTest {
    private static final Defect FOREIGN = new Defect(Kind.FOREIGN, 4, 6);

    /** The process is gone. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Somebody else wrote among the first records. */
    private static Act spoilt(JobWorld world) {
        return (task, grant) -> {
            world.target.log("orders", 0, 0, 6);
            return List.of(
                    new Attached(grant.attempt(), 1, (short) 0, -1, 0),
                    new Failed(grant.attempt(), "orders/0", "foreign records", false, FOREIGN));
        };
    }

    /** As a worker does: the log is emptied behind a marker, then every record is written. */
    private static Act rebuilding(JobWorld world) {
        return (any, grant) -> {
            RestoreTask task = (RestoreTask) any;
            String topic = task.target().topic();
            int partition = task.target().partition();
            long end = world.end(topic, partition);
            List<TaskEvent> log = TaskEvent.current(
                    world.jobs.taskLog(world.onlyJob(), task.id()).events());
            boolean rebased = log.stream().anyMatch(Rebased.class::isInstance);
            long base = rebased ? TaskEvent.base(log, -1) : end == 0 ? 0 : end + 1;
            assertEquals("delete", world.configsOf(topic).get("cleanup.policy"), "it is frozen");
            List<Run> runs = new ArrayList<>();
            long at = base;
            for (SegmentRef segment : task.inputs().get(0).segments()) {
                runs.add(new Run(segment.startOffset(), at, segment.recordCount()));
                at += segment.recordCount();
            }
            world.target.log(topic, partition, base, at);
            int attempt = grant.attempt();
            List<TaskEvent> events = new ArrayList<>(List.of(
                    new Rebased(attempt, base),
                    new Attached(attempt, 1, (short) 0, base - 1, 0),
                    new Mapped(attempt, Fragment.of(task.sources().get(0), 0, runs, ReadPosition.start(1))),
                    new Sealed(attempt, task.records(), at, 0)));
            return rebased ? events.subList(1, events.size()) : events;
        };
    }

    private static Verdict of(JobReport report, String target) {
        return report.partitions().stream()
                .filter(verdict -> verdict.target().toString().equals(target))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDefectIsReportedAndARebuildRepairsIt() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.workers.next("orders-0", spoilt(world));
        JobReport report = world.start();
        assertEquals(JobState.COMPLETED_PARTLY, report.state());
        assertEquals(FOREIGN, of(report, "orders/0").defect());
        world.workers.next("orders-0", rebuilding(world));

        JobReport rebuilt = world.rebuild("orders:0");

        assertEquals(JobState.COMPLETED, rebuilt.state(), rebuilt::toString);
        assertEquals(22, rebuilt.records());
        assertEquals(
                List.of(7L, 17L),
                List.of(of(rebuilt, "orders/0").base(), of(rebuilt, "orders/0").end()));
        assertEquals(Map.of("orders/0", 12L, "orders/1", 5L, "payments/0", 0L), world.committed("billing"));
        assertEquals("compact", world.configsOf("orders").get("cleanup.policy"), "thawed as the last step");
        assertEquals(4, world.workers.orders().size(), "the others are left alone");
    }

    /** Where the group was reset before, it is put back on what was rebuilt, and left where it has come to elsewhere. */
    @Test
    void aGroupOfACompletedJobIsResetAgainWhereItWasRebuilt() throws InterruptedException {
        JobWorld world = new JobWorld();
        assertEquals(JobState.COMPLETED, world.start().state());
        world.target.consumed("billing", "payments", 0, 3);
        world.target.consumed("billing", "orders", 0, 9);
        world.workers.next("orders-0", rebuilding(world));

        JobReport rebuilt = world.rebuild("orders:0");

        assertEquals(JobState.COMPLETED, rebuilt.state(), rebuilt::toString);
        assertEquals(Map.of("orders/0", 16L, "orders/1", 5L, "payments/0", 3L), world.committed("billing"));
        assertEquals("compact", world.configsOf("orders").get("cleanup.policy"));
        assertEquals(
                16,
                world.jobs.readMapping(rebuilt.jobId()).orElseThrow().mappings().stream()
                        .filter(mapping -> mapping.target().toString().equals("orders/0"))
                        .flatMap(mapping -> {
                            List<Run> runs = new ArrayList<>();
                            mapping.runs().forEach(runs::add);
                            return runs.stream();
                        })
                        .filter(run -> run.source() <= 105 && 105 < run.sourceEnd())
                        .mapToLong(run -> run.target() + 105 - run.source())
                        .sum(),
                "the mapping follows");
    }

    @Test
    void itCanBeDoneAgain() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.start();
        for (int i = 0; i < 2; i++) {
            world.workers.next("orders-0", rebuilding(world));
            assertEquals(JobState.COMPLETED, world.rebuild("orders:0").state());
        }
        assertEquals(27, world.committed("billing").get("orders/0"));
    }

    @Test
    void aTopicThatWasMadeAgainIsRestoredAsAWhole() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.workers.next("payments-0", (task, grant) -> {
            world.target.deleteTopic("payments");
            return failing(false).of(task, grant);
        });
        JobReport report = world.start();
        assertEquals(
                Kind.TOPIC_LOST,
                java.util.Objects.requireNonNull(of(report, "payments/0").defect())
                        .kind());
        world.target.createTopic("payments", 1, 1, Map.of("retention.ms", "5"));

        JobReport apart = world.rebuild("payments:0");
        assertEquals(JobState.COMPLETED_PARTLY, apart.state());
        assertTrue(
                world.said.stream().anyMatch(line -> line.contains("name all of it, with --rebuild payments")),
                world.said::toString);
        assertEquals(Map.of("retention.ms", "5"), world.configsOf("payments"), "it is left alone");

        world.workers.next("payments-0", rebuilding(world));
        JobReport rebuilt = world.rebuild("payments");
        assertEquals(JobState.COMPLETED, rebuilt.state(), rebuilt::toString);
        assertEquals(0, of(rebuilt, "payments/0").base());
        assertEquals("compact", world.configsOf("payments").get("cleanup.policy"));
    }

    @Test
    void aTopicThatWasDeletedIsMadeAgain() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.start();
        world.target.deleteTopic("orders");
        world.workers.next("orders-0", rebuilding(world)).next("orders-1", rebuilding(world));

        JobReport rebuilt = world.rebuild("orders");

        assertEquals(JobState.COMPLETED, rebuilt.state(), rebuilt::toString);
        assertEquals(Map.of("orders/0", 5L, "orders/1", 5L, "payments/0", 0L), world.committed("billing"));
    }

    /** Brokers forget what groups had committed on a topic that is deleted, and a resume plans without it. */
    @Test
    void aGroupIsResetOnATopicThatALaterPlanLeftOut() throws InterruptedException {
        JobWorld world = new JobWorld();
        JobReport first = world.start();
        world.target.deleteTopic("orders");
        world.target.deleteCommits(
                "billing", Set.of(new TopicPartition("orders", 0), new TopicPartition("orders", 1)));
        assertEquals(JobState.COMPLETED_PARTLY, world.rebuild(first.jobId(), "orders:0").state());
        world.workers.next("orders-0", rebuilding(world)).next("orders-1", rebuilding(world));

        assertEquals(JobState.COMPLETED, world.rebuild("orders").state());

        assertEquals(Map.of("orders/0", 5L, "orders/1", 5L, "payments/0", 0L), world.committed("billing"));
    }

    @Test
    void whatCannotBeRebuiltIsNamedAndLeftAlone() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.start();
        world.target.deleteTopic("payments");
        world.target.createTopic("payments", 3, 1, Map.of());

        assertEquals(JobState.COMPLETED_PARTLY, world.rebuild("payments").state());
        assertTrue(
                world.said.stream().anyMatch(line -> line.contains("it has 3 partitions, the job wants 1")),
                world.said::toString);
        assertEquals(Map.of(), world.configsOf("payments"));
        assertEquals(3, world.workers.orders().size());
    }

    @Test
    void whatAnotherJobRestoredIsLeftAlone() throws InterruptedException {
        JobWorld world = new JobWorld();
        JobReport first = world.start();
        world.target.deleteTopic("orders");
        world.target.deleteTopic("payments");
        world.time.pause(Duration.ofSeconds(1));
        JobReport second = world.start();
        assertEquals(JobState.COMPLETED, second.state());

        world.rebuild(first.jobId(), "orders");

        assertTrue(
                world.said.stream()
                        .anyMatch(line -> line.contains("topic orders is not rebuilt: job " + second.jobId()
                                + " has already restored into [orders]")),
                world.said::toString);
        assertEquals(10, world.end("orders", 0));
    }

    @Test
    void whatTheJobDoesNotRestoreIsRefusedBeforeAnythingHappens() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.start();

        JobRefusedException refused = assertThrows(JobRefusedException.class, () -> world.rebuild("orders:7"));
        assertTrue(String.valueOf(refused.getMessage()).contains("restores nothing to orders:7"), refused.getMessage());
        assertEquals(JobState.COMPLETED, world.history().state());
    }

    /** Dies before or after the first, second … object that it stores after the command; the next process ends the job. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void diesAtEachStepAndGoesOn(Moment deadly) throws InterruptedException {
        boolean died = true;
        for (int put = 1; died; put++) {
            AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
            JobWorld world = new JobWorld(new InMemoryObjectStore((moment, operation, key) -> {
                boolean stores = operation == Operation.PUT || operation == Operation.PUT_IF_ABSENT;
                if (stores && moment == deadly && left.decrementAndGet() == 0) {
                    throw new Death();
                }
            }));
            world.start();
            world.target.consumed("billing", "payments", 0, 3);
            for (int i = 0; i < 3; i++) {
                world.workers.next("orders-0", rebuilding(world));
            }
            left.set(put);
            try {
                world.rebuild("orders:0");
                died = false;
            } catch (Death death) {
                died = true;
            }
            left.set(Integer.MAX_VALUE);

            JobReport report = world.resume(world.onlyJob());
            if (world.history().rebuilds() == 0) {
                report = world.rebuild("orders:0");
            }

            assertEquals(JobState.COMPLETED, report.state(), report::toString);
            long base = of(report, "orders/0").base();
            assertTrue(base > 0, "it was rebuilt");
            assertEquals(base + 5, world.committed("billing").get("orders/0"), "step " + put);
            assertEquals(3, world.committed("billing").get("payments/0"));
            assertEquals("compact", world.configsOf("orders").get("cleanup.policy"));
        }
    }

    @Test
    void thePlanOfANewJobStillSeesTheOld() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.start();
        world.workers.next("orders-0", rebuilding(world));
        world.rebuild("orders:0");

        assertTrue(world.plan() instanceof RestorePlan.Outcome.Refused, "restoring twice doubles every record");
    }
}
