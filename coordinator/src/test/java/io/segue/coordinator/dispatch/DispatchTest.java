package io.segue.coordinator.dispatch;

import static io.segue.coordinator.dispatch.ScriptedWorkers.failing;
import static io.segue.coordinator.dispatch.ScriptedWorkers.holding;
import static io.segue.coordinator.dispatch.ScriptedWorkers.refusing;
import static io.segue.coordinator.dispatch.ScriptedWorkers.released;
import static io.segue.coordinator.dispatch.ScriptedWorkers.silent;
import static io.segue.coordinator.dispatch.ScriptedWorkers.unanswered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.Dispatch.Destination;
import io.segue.coordinator.dispatch.ScriptedWorkers.Act;
import io.segue.coordinator.dispatch.TaskStanding.FailedOnce;
import io.segue.coordinator.dispatch.TaskStanding.Leased;
import io.segue.coordinator.dispatch.TaskStanding.Succeeded;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.store.InMemoryObjectStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatchTest {
    private static final String JOB = "restore-1";
    private static final long LEASE = Duration.ofSeconds(10).toNanos();

    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final PassingTime time = new PassingTime(Duration.ofMillis(20));
    private final ScriptedWorkers workers = new ScriptedWorkers(jobs, new InMemoryKafkaCluster("target-cluster"), time);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong progress = new AtomicLong();
    private int atATime = 2;

    private Map<String, List<TaskEvent>> run(int count) throws InterruptedException {
        List<RestoreTask> tasks =
                IntStream.range(0, count).mapToObj(DispatchTest::task).toList();
        Map<String, Destination> destinations = new HashMap<>();
        tasks.forEach(task -> destinations.put(task.id(), new Destination("topic-id", 40, -1)));
        for (int page = 0; page * JobStore.PAGE < count; page++) {
            jobs.writeDocument(
                    JOB,
                    "plan/" + String.format("%05d", page) + ".json",
                    new JobStore.PlanPage(
                            1,
                            List.copyOf(
                                    tasks.subList(page * JobStore.PAGE, Math.min(count, (page + 1) * JobStore.PAGE)))));
        }
        return dispatch().run(tasks, destinations, message -> progress.addAndGet(message.records()));
    }

    /** Every step on the store is done at once, by the thread that decides. */
    private Dispatch dispatch() {
        StoreSteps steps = new StoreSteps(Runnable::run, Duration.ZERO);
        return new Dispatch(JOB, jobs, workers, time, atATime, stopped::get, steps);
    }

    private static RestoreTask task(int number) {
        TopicPartition partition = new TopicPartition("t", number);
        return RestoreTask.of("t-" + number, partition, partition, List.of(new SegmentRef("s", 0, 9, 10, 5)), 10, 5);
    }

    private List<Integer> attemptsOf(int number) {
        return workers.orders().stream()
                .filter(order -> order.taskId().equals("t-" + number))
                .map(RunTask::attempt)
                .toList();
    }

    private static TaskStanding standing(Map<String, List<TaskEvent>> ended, int number) {
        return TaskStanding.of(ended.getOrDefault("t-" + number, List.of()));
    }

    @Test
    void everyTaskIsGrantedOnceInTheGivenOrder() throws InterruptedException {
        Map<String, List<TaskEvent>> ended = run(5);

        assertEquals(
                List.of("t-0", "t-1", "t-2", "t-3", "t-4"),
                workers.orders().stream().map(RunTask::taskId).toList());
        assertEquals(5, ended.size());
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(Succeeded.class, standing(ended, i));
        }
        assertEquals(50, progress.get());
        assertEquals(0, workers.followers());
        Granted grant = assertInstanceOf(
                Granted.class, ended.getOrDefault("t-0", List.of()).get(0));
        assertEquals("topic-id", grant.topicId());
        assertEquals(40, grant.base());
    }

    @Test
    void tasksOfLaterPagesAreOrderedWithTheirPage() throws InterruptedException {
        run(JobStore.PAGE + 1);

        assertEquals(0, workers.orders().get(JobStore.PAGE - 1).page());
        assertEquals(1, workers.orders().get(JobStore.PAGE).page());
    }

    @Test
    void whatMayPassIsTriedAgain() throws InterruptedException {
        workers.next("t-0", failing(true), silent(), failing(true));

        Map<String, List<TaskEvent>> ended = run(2);

        assertEquals(List.of(1, 2, 3, 4), attemptsOf(0));
        assertInstanceOf(Succeeded.class, standing(ended, 0));
    }

    @Test
    void triesEnd() throws InterruptedException {
        workers.next("t-0", IntStream.range(0, 20).mapToObj(i -> failing(true)).toArray(Act[]::new));

        Map<String, List<TaskEvent>> ended = run(2);

        assertEquals(List.of(1, 2, 3, 4, 5, 6), attemptsOf(0));
        assertInstanceOf(FailedOnce.class, standing(ended, 0));
        assertInstanceOf(Succeeded.class, standing(ended, 1));
    }

    @Test
    void whatFailsForGoodDoesNotHoldUpTheOthers() throws InterruptedException {
        workers.next("t-0", failing(false));

        Map<String, List<TaskEvent>> ended = run(3);

        assertEquals(List.of(1), attemptsOf(0));
        assertInstanceOf(FailedOnce.class, standing(ended, 0));
        assertInstanceOf(Succeeded.class, standing(ended, 1));
        assertInstanceOf(Succeeded.class, standing(ended, 2));
    }

    @Test
    void aTaskThatWasLetGoIsGrantedAgain() throws InterruptedException {
        workers.next("t-0", released());

        assertInstanceOf(Succeeded.class, standing(run(1), 0));
        assertEquals(List.of(1, 2), attemptsOf(0));
    }

    @Test
    void anOrderThatNobodyTookIsReleasedAndGivenAgain() throws InterruptedException {
        workers.next("t-0", refusing());

        Map<String, List<TaskEvent>> ended = run(1);

        assertInstanceOf(Succeeded.class, standing(ended, 0));
        assertTrue(ended.getOrDefault("t-0", List.of()).get(1) instanceof Released);
        assertEquals(List.of(1, 2), attemptsOf(0));
    }

    @Test
    void whatHasSucceededIsLeftAlone() throws InterruptedException {
        run(2);
        Map<String, List<TaskEvent>> again = run(2);

        assertEquals(2, workers.orders().size());
        assertEquals(2, again.size());
    }

    @Test
    void anAttemptOfAnEarlierLeaderIsHonouredForOneLeaseAndThenSuperseded() throws InterruptedException {
        jobs.taskLog(JOB, "t-0").append(new Granted(1, "worker-of-a-dead-process", "topic-id", 40, 0));
        long before = time.nanos();

        Map<String, List<TaskEvent>> ended = run(1);

        assertEquals(List.of(2), attemptsOf(0));
        assertInstanceOf(Succeeded.class, standing(ended, 0));
        assertTrue(time.nanos() - before >= LEASE, "granted before the lease was over");
    }

    /** The worker went on without a leader, and presents what it runs to the new one. */
    @Test
    void anAttemptThatIsPresentedIsAdopted() throws InterruptedException {
        jobs.taskLog(JOB, "t-0").append(new Granted(1, "worker-1", "topic-id", 40, 0));
        workers.runs("worker-1", new TaskRef(JOB, "t-0", 1));
        long before = time.nanos();
        workers.inBeats(300, () -> {
            jobs.taskLog(JOB, "t-0").append(new Sealed(1, 10, 50, 0));
            workers.endHeld();
        });

        Map<String, List<TaskEvent>> ended = run(2);

        assertEquals(List.of(), attemptsOf(0));
        assertInstanceOf(Succeeded.class, standing(ended, 0));
        assertInstanceOf(Succeeded.class, standing(ended, 1));
        assertTrue(time.nanos() - before >= LEASE, "the test took less than a lease");
    }

    @Test
    void whatAWorkerRanThatVanishesGoesToAnother() throws InterruptedException {
        workers.next("t-0", holding());
        workers.inBeats(5, () -> workers.vanish(workers.workerOf("t-0")));
        long before = time.nanos();

        Map<String, List<TaskEvent>> ended = run(3);

        assertEquals(List.of(1, 2), attemptsOf(0));
        List<Granted> grants = ended.getOrDefault("t-0", List.of()).stream()
                .filter(Granted.class::isInstance)
                .map(Granted.class::cast)
                .toList();
        assertEquals(2, grants.stream().map(Granted::worker).distinct().count());
        assertTrue(time.nanos() - before >= LEASE, "granted again before the lease was over");
        assertInstanceOf(Succeeded.class, standing(ended, 0));
    }

    /** It comes back after its attempt went to another: it is told, and what it says ends nothing. */
    @Test
    void aWorkerThatComesBackTooLateIsTold() throws InterruptedException {
        workers.next("t-0", holding(), holding());
        workers.inBeats(5, () -> workers.vanish(workers.workerOf("t-0")));
        workers.inBeats(1_500, () -> {
            assertEquals(List.of(1, 2), attemptsOf(0));
            workers.comeBack();
        });
        workers.inBeats(1_510, () -> workers.end(new RunTask(1, JOB, "t-0", 0, 1)));
        workers.inBeats(1_520, () -> {
            jobs.taskLog(JOB, "t-0").append(new Sealed(2, 10, 50, 0));
            workers.endHeld();
        });

        Map<String, List<TaskEvent>> ended = run(1);

        assertEquals(Set.of(new TaskRef(JOB, "t-0", 1)), workers.revoked());
        assertEquals(List.of(1, 2), attemptsOf(0));
        assertInstanceOf(Succeeded.class, standing(ended, 0));
    }

    @Test
    void anOrderWhoseAnswerIsLostIsNotGivenTwice() throws InterruptedException {
        workers.next("t-0", unanswered((task, grant) -> List.of(new Sealed(grant.attempt(), 10, 50, 0))));
        workers.next("t-1", unanswered(holding()));
        workers.inBeats(300, () -> {
            jobs.taskLog(JOB, "t-1").append(new Sealed(1, 10, 50, 0));
            workers.endHeld();
        });

        run(2);

        assertEquals(List.of(1), attemptsOf(0));
        assertEquals(List.of(1), attemptsOf(1));
    }

    @Test
    void anEndThatIsSaidTwiceEndsOneAttempt() throws InterruptedException {
        workers.next("t-0", (task, grant) -> {
            workers.end(new RunTask(1, JOB, "t-0", 0, grant.attempt()));
            workers.end(new RunTask(1, JOB, "t-0", 0, grant.attempt()));
            return List.of(new TaskEvent.Failed(grant.attempt(), "b1/s1", "broken", true));
        });

        run(1);

        assertEquals(List.of(1, 2), attemptsOf(0));
    }

    /** Nobody said so, but the worker does not list the attempt any more, and the log is at its end. */
    @Test
    void anEndThatNobodyHeardOfIsFoundWhenTheLeaseRunsOut() throws InterruptedException {
        workers.next("t-0", holding());
        workers.inBeats(5, () -> {
            jobs.taskLog(JOB, "t-0").append(new Sealed(1, 10, 50, 0));
            workers.forgetHeld();
        });

        assertInstanceOf(Succeeded.class, standing(run(1), 0));
        assertEquals(List.of(1), attemptsOf(0));
    }

    /** A leader whose term is over, and does not know it yet, granted the same number first. */
    @Test
    void aGrantOfAnotherLeaderIsHonoured() throws InterruptedException {
        atATime = 1;
        workers.next("t-0", (task, grant) -> {
            jobs.taskLog(JOB, "t-1").append(new Granted(1, "worker-2", "topic-id", 40, 0));
            workers.runs("worker-2", new TaskRef(JOB, "t-1", 1));
            workers.inBeats(300, () -> {
                jobs.taskLog(JOB, "t-1").append(new Sealed(1, 10, 50, 0));
                workers.endHeld();
            });
            return List.of(new Sealed(grant.attempt(), 10, 50, 0));
        });

        Map<String, List<TaskEvent>> ended = run(2);

        assertEquals(List.of(), attemptsOf(1));
        assertInstanceOf(Succeeded.class, standing(ended, 1));
        assertEquals(Set.of(), workers.revoked());
    }

    @Test
    void aTaskThatLosesEveryWorkerIsGivenUp() throws InterruptedException {
        workers.next("t-0", IntStream.range(0, 40).mapToObj(i -> silent()).toArray(Act[]::new));

        Map<String, List<TaskEvent>> ended = run(2);

        assertEquals(20, attemptsOf(0).size());
        assertTrue(
                assertInstanceOf(FailedOnce.class, standing(ended, 0)).failure().retryable());
        assertInstanceOf(Succeeded.class, standing(ended, 1));
    }

    /** What reached the target stays there: a task that advances is tried as often as it takes. */
    @Test
    void aTaskThatAdvancesIsNotGivenUp() throws InterruptedException {
        workers.mapsEveryTime();
        workers.next(
                "t-0",
                IntStream.range(0, 15)
                        .mapToObj(i -> (Act) (task, grant) -> List.of(
                                new Mapped(
                                        grant.attempt(),
                                        Fragment.of(
                                                task(0).inputs().get(0).source(),
                                                i,
                                                List.of(new Run(i, i, 1)),
                                                ReadPosition.start(1))),
                                new TaskEvent.Failed(grant.attempt(), "b1/s1", "no answer", true)))
                        .toArray(Act[]::new));

        assertInstanceOf(Succeeded.class, standing(run(1), 0));
        assertEquals(16, attemptsOf(0).size());
    }

    /** An older attempt, long written off, wrote to the log while the next was granted: read it, then go on. */
    @Test
    void aGrantThatAnotherWriterBeatIsNotGiven() throws InterruptedException {
        atATime = 1;
        workers.next("t-0", (task, grant) -> {
            jobs.taskLog(JOB, "t-1").append(new Released(1, "by another process"));
            return List.of(new TaskEvent.Failed(grant.attempt(), "b1/s1", "broken", false));
        });

        Map<String, List<TaskEvent>> ended = run(2);

        assertEquals(List.of(2), attemptsOf(1));
        assertInstanceOf(Succeeded.class, standing(ended, 1));
    }

    /** The worker of a process that was taken for dead sealed the task in the meantime. */
    @Test
    void aTaskThatIsFoundSealedIsNotGrantedAgain() throws InterruptedException {
        atATime = 1;
        workers.next("t-0", (task, grant) -> {
            jobs.taskLog(JOB, "t-1").append(new Sealed(1, 10, 50, 0));
            return List.of(new TaskEvent.Failed(grant.attempt(), "b1/s1", "broken", false));
        });

        Map<String, List<TaskEvent>> ended = run(2);

        assertEquals(List.of(), attemptsOf(1));
        assertInstanceOf(Succeeded.class, standing(ended, 1));
    }

    /** Messages may come late and twice: only the attempt that is under way can end. */
    @Test
    void theEndOfAnEarlierAttemptEndsNothing() throws InterruptedException {
        workers.next("t-0", failing(true), holding());
        workers.inBeats(400, () -> {
            assertEquals(List.of(1, 2), attemptsOf(0));
            workers.end(new RunTask(1, JOB, "t-0", 0, 1));
        });
        workers.inBeats(500, () -> {
            jobs.taskLog(JOB, "t-0").append(new Sealed(2, 10, 50, 0));
            workers.endHeld();
        });

        Map<String, List<TaskEvent>> ended = run(2);

        assertInstanceOf(Succeeded.class, standing(ended, 0));
        assertEquals(List.of(1, 2), attemptsOf(0));
    }

    @Test
    void aStopIsPassedOnAndNothingMoreIsGranted() throws InterruptedException {
        workers.next("t-0", holding());
        workers.next("t-1", (task, grant) -> {
            stopped.set(true);
            return List.of(new Released(grant.attempt(), "stopped on request"));
        });

        Map<String, List<TaskEvent>> ended = run(4);

        assertEquals(2, workers.orders().size());
        assertTrue(workers.stops() >= 1);
        assertEquals(4, ended.size(), "the log of every task is given, of those never granted too");
        assertInstanceOf(Leased.class, standing(ended, 0));
        assertEquals(new TaskStanding.Pending(2), standing(ended, 1));
        assertEquals(new TaskStanding.Pending(1), standing(ended, 3));
    }

    @Test
    void aTaskWithoutADestinationIsABug() {
        assertThrows(IllegalStateException.class, () -> dispatch().run(List.of(task(0)), Map.of(), message -> {}));
        assertEquals(0, workers.followers());
    }
}
