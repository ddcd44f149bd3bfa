package io.segue.coordinator.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.ScriptedWorkers;
import io.segue.coordinator.dispatch.ScriptedWorkers.Act;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.RunnableJob;
import io.segue.coordinator.plan.ReadAgain;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.RehearsalSpec;
import io.segue.protocol.job.RehearsalTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskResult.Rehearsed;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** B7: the dry run of a fleet counts what groups read again; two topics flow into one, and billing has read 5 of one. */
@Timeout(60)
class RehearsalJobTest implements JobListener {
    private static final String JOB = "restore-dry";
    private static final TopicPartition ALL = new TopicPartition("all", 0);
    private static final ReadAgain MOST = new ReadAgain("billing", ALL, 0, 5, false);

    private final JobWorld world = new JobWorld();
    private boolean stopped;

    @BeforeEach
    void twoTopicsIntoOne() {
        world.topicMapping = Map.of("orders", "all", "payments", "all");
    }

    private static Act counting(long readAgain) {
        return (task, grant) -> {
            assertEquals(List.of(List.of(105L, 0L)), ((RehearsalTask) task).commits());
            return List.of(new TaskEvent.Done(grant.attempt(), new Rehearsed(List.of(readAgain))));
        };
    }

    private boolean create() {
        RestorePlan plan = assertInstanceOf(RestorePlan.Outcome.Planned.class, world.plan())
                .plan();
        assertEquals(List.of(MOST), plan.readAgain());
        return RehearsalJob.create(world.jobs, JOB, 7, new RehearsalSpec(world.spec()), plan, world.archive());
    }

    private JobState run() throws InterruptedException {
        return new RehearsalJob(
                        world.jobs.find(JOB).orElseThrow(),
                        world.archive(),
                        JobJournal.open(world.jobs.journal(JOB), "pid 1", 0),
                        world.jobs,
                        this,
                        new RunLimits(world.workers, world.time, 2, () -> stopped))
                .run();
    }

    private RestorePlan report() {
        return world.jobs
                .readDocument(JOB, RunnableJob.REPORT, RestorePlan.class)
                .orElseThrow();
    }

    @Test
    void bothOrdersAreCounted() throws InterruptedException {
        assertTrue(create());
        world.workers.next("all-0", counting(0));
        world.workers.next("all-0-by-timestamp", counting(3));

        assertEquals(JobState.COMPLETED, run());

        assertEquals(List.of(new ReadAgain("billing", ALL, 0, 3, true)), report().readAgain());
        assertTrue(world.target.topics().isEmpty(), "nothing was changed");
    }

    @Test
    void whatCannotBeReadIsSaidAndTheBoundsStand() throws InterruptedException {
        assertTrue(create());
        world.workers.next("all-0", counting(0));
        world.workers.next("all-0-by-timestamp", ScriptedWorkers.failing(false));

        assertEquals(JobState.COMPLETED_PARTLY, run());

        assertEquals(List.of(MOST), report().readAgain());
        assertEquals(
                "what groups read again in all/0 could not be counted: b1/s1: broken",
                report().notes().get(0));
    }

    /** A leader dies before it has created the job; the target changes before the next one plans. */
    @Test
    void theFirstPlanStands() throws InterruptedException {
        assertTrue(create());
        world.target.createTopic("all", 2, 1, Map.of());
        assertTrue(create());
        world.workers.next("all-0", counting(0));
        world.workers.next("all-0-by-timestamp", counting(3));

        assertEquals(JobState.COMPLETED, run());

        assertTrue(report().topics().get(0).create(), "as it was planned first");
    }

    @Test
    void aStopEndsItAndTheNextRunCountsTheRest() throws InterruptedException {
        assertTrue(create());
        world.workers.next("all-0", counting(0));
        world.workers.next("all-0-by-timestamp", (task, grant) -> {
            stopped = true;
            return List.of(new TaskEvent.Released(grant.attempt(), "stopped on request"));
        });
        assertEquals(JobState.INTERRUPTED, run());
        stopped = false;
        world.workers.next("all-0", counting(0));
        world.workers.next("all-0-by-timestamp", counting(3));

        assertEquals(JobState.COMPLETED, run());

        assertEquals(3, report().readAgain().get(0).byTimestamp());
    }

    /** It is no restore: one into the same topics is not refused because of it. */
    @Test
    void aRestoreMayFollow() {
        assertTrue(create());

        assertInstanceOf(RestorePlan.Outcome.Planned.class, world.plan());
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
