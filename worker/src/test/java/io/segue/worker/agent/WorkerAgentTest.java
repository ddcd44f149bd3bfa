package io.segue.worker.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Declined;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.message.Messages.Heartbeat;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.StopJob;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.task.Attempt;
import io.segue.worker.task.Attempts.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker on a real event bus, with a coordinator that does as it is told and tasks that wait for a word. */
@Timeout(60)
class WorkerAgentTest {
    private final AgentWorld world = new AgentWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void runsWhatTheLogGrantsAndSaysWhenItHasEnded() throws InterruptedException {
        world.grant("t-0", 1);

        assertTrue(world.order(1, "t-0", 1));
        world.awaitBegun("t-0", 1);
        world.endTask("t-0");

        assertEquals(new TaskOver(AgentWorld.JOB, "t-0", 1), world.overs.poll(10, TimeUnit.SECONDS));
        assertInstanceOf(TaskEvent.Done.class, world.last("t-0"));
        assertEquals(1, world.agent.counts().attempts(Outcome.SUCCEEDED));
    }

    @Test
    void ordersThatTheLogDoesNotGrantDoNothing() throws InterruptedException {
        world.log("t-0").append(new Granted(1, "another-worker", "", 0, 0));

        assertTrue(world.order(1, "t-0", 1));

        assertEquals(new TaskOver(AgentWorld.JOB, "t-0", 1), world.overs.poll(10, TimeUnit.SECONDS));
        assertEquals(1, world.log("t-0").events().size());
        assertEquals(1, world.agent.counts().attempts(Outcome.VOID));
    }

    @Test
    void anOrderThatComesAgainRunsOnce() throws InterruptedException {
        world.grant("t-0", 1);

        assertTrue(world.order(1, "t-0", 1));
        assertTrue(world.order(1, "t-0", 1));
        world.awaitBegun("t-0", 1);
        world.endTask("t-0");
        world.overs.poll(10, TimeUnit.SECONDS);
        assertTrue(world.order(1, "t-0", 1), "it comes after the end, too");

        world.overs.poll(10, TimeUnit.SECONDS);
        assertEquals(2, world.log("t-0").events().size(), "granted and done, each once");
        assertEquals(1, world.begun("t-0"));
    }

    @Test
    void anOldLeaderIsNotObeyed() throws InterruptedException {
        world.grant("t-0", 1);
        world.lead(7);
        world.awaitHeartbeat(beat -> true);

        assertFalse(world.order(6, "t-0", 1));
        assertTrue(world.order(7, "t-0", 1));
        world.awaitBegun("t-0", 1);
        assertFalse(world.stop(new StopJob(6, AgentWorld.JOB)));
        world.endTask("t-0");
        world.overs.poll(10, TimeUnit.SECONDS);

        assertInstanceOf(TaskEvent.Done.class, world.last("t-0"));
    }

    @Test
    void aStoppedJobRunsAgainWhenItIsAskedFor() throws InterruptedException {
        world.grant("t-0", 1);
        world.order(1, "t-0", 1);
        world.awaitBegun("t-0", 1);

        assertTrue(world.stop(new StopJob(1, AgentWorld.JOB)));
        world.overs.poll(10, TimeUnit.SECONDS);
        assertEquals(new Released(1, "stopped on request"), world.last("t-0"));

        world.grant("t-0", 2);
        assertTrue(world.order(1, "t-0", 2));
        world.awaitBegun("t-0", 2);
        world.endTask("t-0");
        world.overs.poll(10, TimeUnit.SECONDS);
        assertInstanceOf(TaskEvent.Done.class, world.last("t-0"));
    }

    @Test
    void heartbeatsPresentWhatRunsAndAreAnsweredByTheLeader() throws InterruptedException {
        world.lead(3);
        world.awaitHeartbeat(beat -> beat.running().isEmpty());
        world.grant("t-0", 1);
        world.order(3, "t-0", 1);

        TaskRef ref = new TaskRef(AgentWorld.JOB, "t-0", 1);
        Heartbeat heartbeat = world.awaitHeartbeat(beat -> beat.running().equals(List.of(ref)));

        assertEquals(2, heartbeat.slots());
        assertFalse(heartbeat.draining());
        world.await("it is ready", world.agent::ready);
        world.endTask("t-0");
    }

    /** Renewed again and again, an attempt holds its lease for longer than one lease lasts. */
    @Test
    void answersRenewTheLease() throws InterruptedException {
        world.lead(3);
        world.grant("t-0", 1);
        world.order(3, "t-0", 1);
        Attempt attempt = world.awaitBegun("t-0", 1);
        world.time.advance(Duration.ofSeconds(60));

        world.await("the lease is held", () -> world.held(attempt));

        world.revoke(new TaskRef(AgentWorld.JOB, "t-0", 1));
        world.await("the lease is revoked", () -> world.revoked(attempt));
        world.endTask("t-0");
    }

    @Test
    void aWorkerThatLeavesHandsOver() throws InterruptedException {
        world.lead(1);
        world.grant("t-0", 1);
        world.grant("t-1", 1);
        world.order(1, "t-0", 1);
        world.awaitBegun("t-0", 1);

        world.agent.drain();

        assertFalse(world.order(1, "t-1", 1));
        world.overs.poll(10, TimeUnit.SECONDS);
        assertEquals(new Released(1, "stopped on request"), world.last("t-0"));
        assertTrue(world.awaitHeartbeat(Heartbeat::draining).running().isEmpty());
        assertFalse(world.agent.ready());
    }

    @Test
    void whoEndsAtOnceStillWritesWhy() {
        world.grant("t-0", 1);
        world.order(1, "t-0", 1);
        world.awaitBegun("t-0", 1);
        world.deaf("t-0");

        world.agent.close();

        assertEquals(new Released(1, "interrupted"), world.last("t-0"));
    }

    @Test
    void aWorkerWithoutTheSecretsOfAJobSaysWhich() throws InterruptedException {
        world.unavailable("set TARGET_PASSWORD");
        world.grant("t-0", 1);
        world.order(1, "t-0", 1);
        world.overs.poll(10, TimeUnit.SECONDS);

        assertEquals(new Declined(1, "w-1", "set TARGET_PASSWORD"), world.last("t-0"));
    }

    @Test
    void aFailureIsJournaledAndItsSlotIsFreed() throws InterruptedException {
        world.fails("t-0", new AttemptOver.Broken("orders/0", "foreign records", false));
        world.grant("t-0", 1);
        world.order(1, "t-0", 1);
        world.overs.poll(10, TimeUnit.SECONDS);

        assertEquals(new Failed(1, "orders/0", "foreign records", false), world.last("t-0"));
        assertEquals(0, world.agent.running());
        assertEquals(1, world.agent.counts().attempts(Outcome.FAILED));
    }

    @Test
    void whatIsNoOrderIsAnsweredWithAFailure() {
        assertEquals("not a RunTask", world.sendRaw("{\"nonsense\": true}"));
        assertTrue(world.order(new RunTask(1, AgentWorld.JOB, "t-9", 0, 1)), "and the worker goes on");
    }
}
