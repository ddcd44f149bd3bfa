package io.segue.coordinator.restore;

import static io.segue.coordinator.dispatch.ScriptedWorkers.failing;
import static io.segue.coordinator.dispatch.ScriptedWorkers.released;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.protocol.job.JobState;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.InMemoryObjectStore.Moment;
import io.segue.protocol.store.InMemoryObjectStore.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestoreJobTest {
    /** Orders of a job beside those of its restore tasks. */
    private static final int PROBE = 1;

    private static final Map<String, Long> RESET = Map.of("orders/0", 5L, "orders/1", 5L, "payments/0", 0L);

    /** The process is gone. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static void assertWhole(JobWorld world, JobReport report) {
        assertEquals(JobState.COMPLETED, report.state(), report::toString);
        assertEquals(List.of(), report.failures());
        assertEquals(22, report.records());
        assertEquals(3, report.proven());
        assertEquals(RESET, world.committed("billing"));
        assertEquals(Map.of("retention.ms", "-1", "cleanup.policy", "compact"), world.configsOf("orders"));
        assertEquals(
                List.of(10L, 5L, 7L),
                List.of(world.end("orders", 0), world.end("orders", 1), world.end("payments", 0)));
        assertEquals(JobState.COMPLETED, world.history().state());
    }

    @Test
    void aJobEndsWithEverythingInItsPlace() throws InterruptedException {
        JobWorld world = new JobWorld();

        JobReport report = world.start();

        assertWhole(world, report);
        assertEquals(
                List.of("Phase 1: Restore Data", "Phase 2: Build Mapping", "Phase 3: Reset Offsets"),
                world.said.stream().filter(line -> line.startsWith("Phase")).toList());
        assertTrue(world.jobs.readMapping(report.jobId()).isPresent());
        assertEquals(3 + PROBE, world.workers.orders().size());
    }

    /** Dies before or after the first, second … object that it stores, whatever it is; the next process ends the job. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void diesAtEachStepAndGoesOn(Moment deadly) throws InterruptedException {
        boolean died = true;
        for (int put = 1; died; put++) {
            AtomicInteger left = new AtomicInteger(put);
            JobWorld world = new JobWorld(new InMemoryObjectStore((moment, operation, key) -> {
                boolean stores = operation == Operation.PUT || operation == Operation.PUT_IF_ABSENT;
                if (stores && moment == deadly && left.decrementAndGet() == 0) {
                    throw new Death();
                }
            }));
            world.target.consumed("billing", "elsewhere", 0, 77);
            died = diesOnce(world);
            left.set(0);

            JobReport report = world.jobs.ids().isEmpty() ? world.start() : world.resume(world.onlyJob());

            assertEquals(
                    77, world.committed("billing").get("elsewhere/0"), "what the job does not restore is left alone");
            world.target.deleteCommits("billing", Set.of(new TopicPartition("elsewhere", 0)));
            assertWhole(world, report);
            assertEquals(
                    3 + PROBE,
                    world.workers.orders().stream()
                            .map(order -> order.taskId())
                            .distinct()
                            .count());
        }
    }

    private static boolean diesOnce(JobWorld world) throws InterruptedException {
        try {
            world.start();
            return false;
        } catch (Death death) {
            return true;
        }
    }

    @Test
    void whileItWritesNothingIsDeleted() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.workers.next("payments-0", (task, grant) -> {
            assertEquals("delete", world.configsOf("orders").get("cleanup.policy"));
            assertEquals("-1", world.configsOf("payments").get("retention.ms"));
            world.stopped = true;
            return released().of(task, grant);
        });

        JobReport report = world.start();

        assertEquals(JobState.INTERRUPTED, report.state());
        assertEquals(JobState.INTERRUPTED, world.history().state());
        assertEquals(Map.of(), world.committed("billing"), "groups are not touched before the data is complete");
        world.stopped = false;
        assertWhole(world, world.resume(report.jobId()));
    }

    @Test
    void whatFailsForGoodKeepsItsTopicFrozenAndItsGroupWhereItIs() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.workers.next("payments-0", failing(false));

        JobReport report = world.start();

        assertEquals(JobState.COMPLETED_PARTLY, report.state());
        assertEquals(List.of("payments/0 → payments/0: b1/s1: broken"), report.failures());
        assertEquals("its data is not complete", report.keptFrozen().get("payments"));
        assertEquals("delete", world.configsOf("payments").get("cleanup.policy"));
        assertEquals("compact", world.configsOf("orders").get("cleanup.policy"));
        assertEquals(null, world.committed("billing").get("payments/0"));

        assertWhole(world, world.resume(report.jobId()));
    }

    @Test
    void whenNothingIsProvenTheJobHasFailed() throws InterruptedException {
        JobWorld world = new JobWorld();
        for (String task : List.of("orders-0", "orders-1", "payments-0")) {
            world.workers.next(task, failing(false));
        }

        assertEquals(JobState.FAILED, world.start().state());
        assertEquals(Map.of(), world.committed("billing"));
    }

    /** After the end retention does its work: that takes nothing from what was proven. */
    @Test
    void aCompletedJobStaysCompletedWhenRetentionHasDeleted() throws InterruptedException {
        JobWorld world = new JobWorld();
        JobReport report = world.start();
        world.target.log("orders", 0, 8, 10);

        assertEquals(JobState.COMPLETED, world.resume(report.jobId()).state());
        assertEquals(RESET, world.committed("billing"));
        assertEquals(3 + PROBE, world.workers.orders().size());
    }

    @Test
    void aTopicWhoseThawWouldDeleteWhatAGroupHasNotReadStaysFrozen() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.configs = Map.of("retention.ms", "1000");

        JobReport report = world.start();

        assertEquals(JobState.COMPLETED_PARTLY, report.state());
        assertTrue(report.keptFrozen().containsKey("orders"), report::toString);
        assertEquals("-1", world.configsOf("orders").get("retention.ms"));

        RestoreJob job = world.restores().open(report.jobId(), world.archive(), "pid 2");
        assertTrue(job.thaw(false).containsKey("orders"));
        assertEquals(Map.of(), job.thaw(true));
        assertEquals("1000", world.configsOf("orders").get("retention.ms"));
        assertEquals(JobState.COMPLETED, world.history().state());
        JobReport now = world.jobs
                .readDocument(report.jobId(), "report.json", JobReport.class)
                .orElseThrow();
        assertEquals(JobState.COMPLETED, now.state());
        assertEquals(Map.of(), now.keptFrozen());
        assertEquals(report.partitions(), now.partitions());
    }

    /** To thaw is not to reset: what was not reset stays undone. */
    @Test
    void aThawDoesNotCompleteAJobWhoseGroupsWereNotReset() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.configs = Map.of("retention.ms", "1000");
        world.target.join("billing", "consumer-1");

        JobReport report = world.start();
        assertEquals(JobState.COMPLETED_PARTLY, report.state());

        world.restores().open(report.jobId(), world.archive(), "pid 2").thaw(true);
        assertEquals(JobState.COMPLETED_PARTLY, world.history().state());
    }

    @Test
    void aThawBeforeTheDataIsThereIsRefused() {
        JobWorld world = new JobWorld();
        RestorePlan.Outcome.Planned planned = assertInstanceOf(RestorePlan.Outcome.Planned.class, world.plan());
        String id = world.restores().create(world.spec(), planned.plan());
        RestoreJob job = world.restores().open(id, world.archive(), "pid 1");

        assertThrows(JobRefusedException.class, () -> job.thaw(true));
    }

    @Test
    void aJobGoesOnOnlyWithItsArchiveItsClusterAndItsTopics() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.workers.next("payments-0", failing(false));
        String id = world.start().jobId();

        world.manifestSha256 = "ee";
        assertRefused("the manifest of backup 'backup-1' has changed", () -> world.resume(id));
        world.manifestSha256 = "0f";
        assertRefused("there is no job 'restore-2'", () -> world.resume("restore-2"));
    }

    /** R8: the rest goes on, also on a resume; what was made again is not this job's any more. */
    @Test
    void aTopicThatIsDeletedMidwayTakesNothingElseWithIt() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.workers.next("payments-0", (task, grant) -> {
            world.target.deleteTopic("payments");
            return failing(false).of(task, grant);
        });

        JobReport report = world.start();

        assertLost("target topic payments was deleted since the job began", world, report);
        world.target.createTopic("payments", 1, 1, Map.of("retention.ms", "5"));
        JobReport again = world.resume(report.jobId());
        assertLost("target topic payments was deleted and made again since the job began", world, again);
        assertEquals(Map.of("retention.ms", "5"), world.configsOf("payments"));
        assertEquals(3 + PROBE, world.workers.orders().size(), "nobody writes to a topic that is lost");
    }

    /** Its proof says nothing any more: the job must not end as if the records were there. */
    @Test
    void aTopicThatIsDeletedAfterItsProofIsLostAllTheSame() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.heard = line -> {
            if (line.endsWith("proven")) {
                world.target.deleteTopic("payments");
            }
        };

        JobReport report = world.start();

        assertEquals(2, report.proven(), report::toString);
        assertLost("target topic payments was deleted since the job began", world, report);
    }

    private static void assertLost(String why, JobWorld world, JobReport report) {
        assertEquals(JobState.COMPLETED_PARTLY, report.state());
        assertEquals(1, report.failures().size(), report::toString);
        assertTrue(report.failures().get(0).contains(why), report::toString);
        assertEquals(Map.of(), report.keptFrozen());
        assertEquals(Map.of("orders/0", 5L, "orders/1", 5L), world.committed("billing"));
        assertEquals("compact", world.configsOf("orders").get("cleanup.policy"));
    }

    @Test
    void aPartitionWithoutALeaderDoesNotKeepTheOthersFromTheirProof() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.workers.next("orders-1", (task, grant) -> {
            world.target.leaderless("orders", 1);
            return failing(false).of(task, grant);
        });

        JobReport report = world.start();

        assertEquals(JobState.COMPLETED_PARTLY, report.state());
        assertEquals(2, report.proven());
        assertTrue(report.failures().get(0).startsWith("orders/1 → orders/1: the partition has no leader"));
        assertEquals(Map.of("payments/0", 0L), world.committed("billing"));
    }

    @Test
    void whoAsksForItKeepsTopicsFrozenAndThawsThemLater() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.keepFrozen = true;

        JobReport report = world.start();

        assertEquals(JobState.COMPLETED, report.state());
        assertEquals(JobReport.KEPT_ON_REQUEST, report.keptFrozen().get("orders"));
        assertEquals("delete", world.configsOf("orders").get("cleanup.policy"));
        assertEquals(
                Map.of(),
                world.restores().open(report.jobId(), world.archive(), "pid 2").thaw(false));
        assertEquals("compact", world.configsOf("orders").get("cleanup.policy"));
        assertEquals(JobState.COMPLETED, world.history().state());
    }

    /** No group protects them: nobody is stopped, but everybody is told. */
    @Test
    void whatTheBrokersWillDeleteIsSaidAtTheEnd() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.configs = Map.of("retention.ms", "1000");
        world.reset = false;

        JobReport report = world.start();

        assertEquals(JobState.COMPLETED, report.state());
        assertEquals(2, report.warnings().size(), report::toString);
        assertTrue(
                report.warnings()
                        .get(0)
                        .startsWith("topic orders is thawed, and the brokers will delete old records within minutes: 15"
                                + " of 15 records are older than retention.ms=1000 (1 second)"),
                report::toString);
    }

    private static void assertRefused(String why, Executable action) {
        JobRefusedException refused = assertThrows(JobRefusedException.class, action);
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
    }

    @Test
    void topicsThatAnEarlierJobWroteToAreRefused() throws InterruptedException {
        JobWorld world = new JobWorld();
        String id = world.start().jobId();

        RestorePlan.Outcome.Refused refused = assertInstanceOf(RestorePlan.Outcome.Refused.class, world.plan());
        assertTrue(refused.reasons().get(0).contains("job " + id + " has already restored into [orders, payments]"));

        world.topicMapping = Map.of("orders", "orders2", "payments", "payments2");
        assertInstanceOf(RestorePlan.Outcome.Planned.class, world.plan());
    }

    @Test
    void topicsThatAnUnfinishedJobWroteToAreRefusedWithAWayOn() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.workers.next("payments-0", failing(false));
        String id = world.start().jobId();

        RestorePlan.Outcome.Refused refused = assertInstanceOf(RestorePlan.Outcome.Refused.class, world.plan());
        assertTrue(refused.reasons().get(0).contains("go on with it by 'resume " + id + "'"));

        world.target.deleteTopic("orders");
        world.target.deleteTopic("payments");
        assertInstanceOf(RestorePlan.Outcome.Planned.class, world.plan());
    }

    @Test
    void theProcessThatWasTakenOverWritesNothingMore() throws InterruptedException {
        JobWorld world = new JobWorld();
        world.workers.next("payments-0", (task, grant) -> {
            world.restores().open(world.onlyJob(), world.archive(), "pid 2");
            return failing(false).of(task, grant);
        });

        assertThrows(JobJournal.SupersededException.class, world::start);
        assertEquals(2, world.history().epoch());
        assertEquals(Map.of(), world.committed("billing"));
    }
}
