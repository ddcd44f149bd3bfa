package io.segue.coordinator.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.WorkerView;
import io.segue.coordinator.dispatch.Workers.Answer;
import io.segue.coordinator.dispatch.Workers.Subscription;
import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.Accepted;
import io.segue.protocol.job.message.Messages.Health;
import io.segue.protocol.job.message.Messages.Heartbeat;
import io.segue.protocol.job.message.Messages.LeaderBeat;
import io.segue.protocol.job.message.Messages.Renewed;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.StopJob;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.job.message.Messages.TaskProgress;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.time.ManualTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a real event bus, which answers for a worker as each test wants it. */
@Timeout(60)
class EventBusWorkersTest {
    private static final TaskRef FIRST = new TaskRef("restore-1", "t-0", 1);

    private final Vertx vertx = Vertx.vertx();
    private final ManualTime time = new ManualTime();
    private final FleetView view = new FleetView(time, 7);
    private final EventBusWorkers workers = new EventBusWorkers(vertx, "c-1", view);
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void stopsAreHeard() throws Exception {
        done(vertx.eventBus()
                .<String>consumer(
                        Messages.stopAddress("w"), message -> heard.add(Messages.read(message.body(), StopJob.class)))
                .completion());
    }

    @AfterEach
    void close() throws Exception {
        workers.close();
        done(vertx.close());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Object next() throws InterruptedException {
        Object next = heard.poll(20, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    private Renewed beat(TaskRef... running) throws Exception {
        Heartbeat heartbeat = new Heartbeat("w", 2, false, List.of(running), new Health(1, 2, 0, 3));
        return Messages.read(
                done(vertx.eventBus().<String>request(Messages.heartbeatAddress("c-1"), Messages.write(heartbeat)))
                        .body(),
                Renewed.class);
    }

    private void workerAnswers(boolean accepted) throws Exception {
        done(vertx.eventBus()
                .<String>consumer(Messages.runAddress("w"), message -> {
                    heard.add(Messages.read(message.body(), RunTask.class));
                    message.reply(Messages.write(new Accepted(accepted)));
                })
                .completion());
    }

    @Test
    void heartbeatsAreAnsweredAndSeen() throws Exception {
        assertEquals(new Renewed(7, List.of()), beat(FIRST));
        assertEquals(
                List.of("w"), workers.workers().stream().map(WorkerView::id).toList());
        time.advance(Duration.ofSeconds(10));
        assertFalse(workers.leased(FIRST));
        assertEquals(new Renewed(7, List.of(FIRST)), beat(FIRST));
    }

    @Test
    void anOrderThatIsAcceptedIsLeasedAndCarriesTheEpoch() throws Exception {
        workerAnswers(true);
        beat();
        assertTrue(workers.reserve("w", FIRST));
        assertEquals(Answer.ACCEPTED, workers.run("w", FIRST, 3));
        assertEquals(new RunTask(7, "restore-1", "t-0", 3, 1), next());
        assertTrue(workers.leased(FIRST));
    }

    @Test
    void aWorkerThatRefusesGetsNoMoreUntilItIsHeardOfAgain() throws Exception {
        workerAnswers(false);
        beat();
        assertEquals(Answer.REFUSED, workers.run("w", FIRST, 0));
        assertFalse(workers.leased(FIRST));
        assertEquals(0, workers.room("restore-1", 9));
        beat();
        assertEquals(2, workers.room("restore-1", 9));
    }

    @Test
    void aWorkerThatIsNotThereHasRefused() throws Exception {
        beat();
        assertEquals(Answer.REFUSED, workers.run("w", FIRST, 0));
    }

    /** It may run the attempt or not: the lease decides. */
    @Test
    void anOrderThatIsNotAnsweredInWordsIsLeased() throws Exception {
        done(vertx.eventBus()
                .<String>consumer(Messages.runAddress("w"), message -> message.fail(1, "broken"))
                .completion());
        beat();
        assertEquals(Answer.UNKNOWN, workers.run("w", FIRST, 0));
        assertTrue(workers.leased(FIRST));
        assertEquals(0, workers.room("restore-1", 9));
    }

    @Test
    void endsAndProgressOfAJobAreHandedOn() throws Exception {
        beat(FIRST);
        Subscription following = workers.follow("restore-1", heard::add, heard::add);
        TaskOver over = new TaskOver("restore-1", "t-0", 1);
        TaskProgress progress = new TaskProgress("restore-1", "t-0", 5, 50);
        vertx.eventBus().publish(Messages.overAddress("restore-1"), Messages.write(over));
        assertEquals(over, next());
        assertEquals(2, workers.room("restore-1", 9), "its slot is free at once");
        vertx.eventBus().publish(Messages.progressAddress("restore-1"), Messages.write(progress));
        assertEquals(progress, next());
        following.close();
    }

    @Test
    void whoPresentsAnAttemptOfAStoppedJobIsToldAgain() throws Exception {
        beat(FIRST);
        workers.stop("restore-1");
        assertEquals(new StopJob(7, "restore-1"), next());
        beat(FIRST);
        assertEquals(new StopJob(7, "restore-1"), next());
        workers.follow("restore-1", message -> {}, message -> {}).close();
        beat(FIRST);
        workers.stop("another");
        assertEquals(new StopJob(7, "another"), next(), "no more of the first");
    }

    @Test
    void theLeaderShowsItselfAtOnceAndAgain() throws Exception {
        LeaderBeat beat = new LeaderBeat(7, "c-1", "http://10.0.0.1:8700");
        done(vertx.eventBus()
                .<String>consumer(
                        Messages.LEADER, message -> heard.add(Messages.read(message.body(), LeaderBeat.class)))
                .completion());
        LeaderBeacon beacon = new LeaderBeacon(vertx, () -> beat);
        assertEquals(beat, next());
        assertEquals(beat, next());
        beacon.close();
    }
}
