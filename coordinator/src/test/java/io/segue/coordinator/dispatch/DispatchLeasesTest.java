package io.segue.coordinator.dispatch;

import static io.segue.coordinator.dispatch.ScriptedWorkers.failing;
import static io.segue.coordinator.dispatch.ScriptedWorkers.holding;
import static io.segue.coordinator.dispatch.ScriptedWorkers.silent;
import static io.segue.coordinator.dispatch.ScriptedWorkers.unanswered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.ScriptedWorkers.Act;
import io.segue.coordinator.dispatch.TaskStanding.FailedOnce;
import io.segue.coordinator.dispatch.TaskStanding.Succeeded;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Attempts whose workers or leaders go away, and messages that come late, twice or never. */
class DispatchLeasesTest extends DispatchWorld {
    @Test
    void anAttemptOfAnEarlierLeaderIsHonouredForOneLeaseAndThenSuperseded() throws InterruptedException {
        jobs.taskLog(JOB, "t-0").append(new Granted(1, "worker-of-a-dead-process", "topic-id", 40, 0));
        long before = time.nanos();

        Map<String, List<TaskEvent>> ended = run(1);

        assertEquals(List.of(2), attemptsOf(0));
        assertInstanceOf(Succeeded.class, standing(ended, 0));
        assertTrue(time.nanos() - before >= LEASE, "granted before the lease was over");
    }

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

    /** The leader's term is over: the workers go on, and the next leader finds them. */
    @Test
    void anInterruptLeavesAttemptsAlone() {
        workers.next("t-0", holding());
        workers.inBeats(5, () -> Thread.currentThread().interrupt());

        assertThrows(InterruptedException.class, () -> run(3));

        assertEquals(0, workers.stops());
        assertEquals(0, workers.followers());
        assertEquals(
                new TaskStanding.Leased(1),
                TaskStanding.of(jobs.taskLog(JOB, "t-0").events()));
    }

    /** Whether the grant was written is not known: the log is read before the next one. */
    @Test
    void aGrantWhoseOutcomeIsUnknownIsLookedUp() throws InterruptedException {
        failing = "tasks/t-1/";
        failures = 3;

        Map<String, List<TaskEvent>> ended = run(3);

        assertInstanceOf(Succeeded.class, standing(ended, 1));
        assertEquals(0, failures);
        assertEquals(List.of(1), attemptsOf(1));
    }

    @Test
    void aStoreThatNeverAnswersEndsTheRun() {
        failing = "tasks/";
        failures = Integer.MAX_VALUE;

        assertThrows(StoreException.class, () -> run(1));
        assertEquals(0, workers.followers());
    }
}
