package io.segue.coordinator.dispatch;

import static io.segue.coordinator.dispatch.ScriptedWorkers.failing;
import static io.segue.coordinator.dispatch.ScriptedWorkers.holding;
import static io.segue.coordinator.dispatch.ScriptedWorkers.refusing;
import static io.segue.coordinator.dispatch.ScriptedWorkers.released;
import static io.segue.coordinator.dispatch.ScriptedWorkers.silent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.ScriptedWorkers.Act;
import io.segue.coordinator.dispatch.TaskStanding.FailedOnce;
import io.segue.coordinator.dispatch.TaskStanding.Leased;
import io.segue.coordinator.dispatch.TaskStanding.Succeeded;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatchTest extends DispatchWorld {
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
        assertEquals(50, progress);
        assertEquals("5: 5 done, 0 running, 0 failed", counts.get(counts.size() - 1));
        assertEquals("5: 2 done, 0 running, 0 failed", counts.get(0));
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
    void aWorkerThatCannotWorkForTheJobIsLeftOutAndSaidOnce() throws InterruptedException {
        workers.lacks("worker-1");

        Map<String, List<TaskEvent>> ended = run(40);

        for (int i = 0; i < 40; i++) {
            assertInstanceOf(Succeeded.class, standing(ended, i));
        }
        long declined = ended.values().stream()
                .flatMap(List::stream)
                .filter(TaskEvent.Declined.class::isInstance)
                .count();
        assertTrue(declined >= 1 && declined <= 2, () -> declined + " of 40 were given to it");
        assertEquals(List.of("worker worker-1 is left out: set SECRET"), lines);
    }

    @Test
    void whatNoWorkerCanWorkForWaits() throws InterruptedException {
        workers.lacks("worker-1");
        workers.lacks("worker-2");
        workers.inBeats(1_000, () -> stopped.set(true));

        Map<String, List<TaskEvent>> ended = run(1);

        assertInstanceOf(TaskStanding.Refused.class, standing(ended, 0));
        assertEquals(2, lines.size());
        assertTrue(attemptsOf(0).size() < 16, () -> attemptsOf(0).toString());
    }

    @Test
    void anOrderThatNobodyTookIsReleasedAndGivenAgain() throws InterruptedException {
        workers.next("t-0", refusing());

        Map<String, List<TaskEvent>> ended = run(1);

        assertInstanceOf(Succeeded.class, standing(ended, 0));
        assertTrue(ended.getOrDefault("t-0", List.of()).get(1) instanceof Released);
        assertEquals(List.of(1, 2), attemptsOf(0));
    }

    /** Another leader heard of the first records, and nobody of those that the fenced attempt wrote last. */
    @Test
    void whatIsOnTheTargetAlreadyCountsOnce() throws InterruptedException {
        jobs.taskLog(JOB, "t-0").append(new Granted(1, "w-0", "topic-id", 40, 0));
        jobs.taskLog(JOB, "t-0").append(new Attached(1, 7, (short) 0, 39, 0));
        jobs.taskLog(JOB, "t-0").append(new Released(1, "drained"));
        jobs.taskLog(JOB, "t-0").append(new Attached(1, 7, (short) 1, 46, 6));
        workers.next("t-0", (task, grant) -> List.of(new Sealed(grant.attempt(), 10, 51, 0)));
        workers.tells(4);

        run(1);

        assertEquals(10, progress);
    }

    @Test
    void whatFailedForGoodIsCounted() throws InterruptedException {
        workers.next("t-0", failing(false));

        run(3);

        assertEquals("3: 2 done, 0 running, 1 failed", counts.get(counts.size() - 1));
    }

    @Test
    void whatHasSucceededIsLeftAlone() throws InterruptedException {
        run(2);
        Map<String, List<TaskEvent>> again = run(2);

        assertEquals(2, workers.orders().size());
        assertEquals(2, again.size());
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
                                                task(0).sources().get(0),
                                                i,
                                                List.of(new Run(i, i, 1)),
                                                ReadPosition.start(1))),
                                new TaskEvent.Failed(grant.attempt(), "b1/s1", "no answer", true)))
                        .toArray(Act[]::new));

        assertInstanceOf(Succeeded.class, standing(run(1), 0));
        assertEquals(16, attemptsOf(0).size());
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
    void aTaskWithoutADestinationIsLeftAlone() throws Exception {
        assertEquals(Map.of(), dispatch().run(List.of(task(0)), Map.of(), this));
        assertEquals(0, workers.followers());
        assertEquals(List.of(), workers.orders());
    }
}
