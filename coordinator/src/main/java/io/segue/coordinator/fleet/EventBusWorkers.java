package io.segue.coordinator.fleet;

import io.segue.coordinator.dispatch.WorkerView;
import io.segue.coordinator.dispatch.Workers;
import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.Accepted;
import io.segue.protocol.job.message.Messages.Heartbeat;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.StopJob;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.job.message.Messages.TaskProgress;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers on the Vert.x event bus of this process or cluster, for one term of one leader: answers their heartbeats out
 * of the {@link FleetView}, sends orders. Closed when the term ends.
 */
public final class EventBusWorkers implements Workers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventBusWorkers.class);
    private static final long ANSWER_MS = 5_000;

    private final Vertx vertx;
    private final FleetView view;
    private final MessageConsumer<String> heartbeats;

    /** @param coordinatorId the leader's: workers send their heartbeats to its address */
    public EventBusWorkers(Vertx vertx, String coordinatorId, FleetView view) {
        this.vertx = vertx;
        this.view = view;
        this.heartbeats = vertx.eventBus().consumer(Messages.heartbeatAddress(coordinatorId), this::onHeartbeat);
    }

    private void onHeartbeat(Message<String> message) {
        Heartbeat heartbeat = Messages.read(message.body(), Heartbeat.class);
        view.toStop(heartbeat).forEach(jobId -> sendStop(heartbeat.workerId(), jobId));
        message.reply(Messages.write(view.heartbeat(heartbeat)));
    }

    @Override
    public List<WorkerView> workers() {
        return view.workers();
    }

    @Override
    public int room(String jobId, int wanted) {
        return view.room(jobId, wanted);
    }

    @Override
    public boolean reserve(String workerId, TaskRef attempt) {
        return view.reserve(workerId, attempt);
    }

    @Override
    public void cancel(TaskRef attempt) {
        view.cancel(attempt);
    }

    @Override
    public Answer run(String workerId, TaskRef attempt, int page) {
        RunTask order = new RunTask(view.epoch(), attempt.jobId(), attempt.taskId(), page, attempt.attempt());
        Answer answer = ask(workerId, order);
        if (answer != Answer.ACCEPTED) {
            view.holdBack(workerId);
        }
        if (answer != Answer.REFUSED) {
            view.granted(attempt);
        }
        return answer;
    }

    private Answer ask(String workerId, RunTask order) {
        try {
            Message<String> reply = vertx.eventBus()
                    .<String>request(
                            Messages.runAddress(workerId),
                            Messages.write(order),
                            new DeliveryOptions().setSendTimeout(ANSWER_MS))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(2 * ANSWER_MS, TimeUnit.MILLISECONDS);
            return Messages.read(reply.body(), Accepted.class).accepted() ? Answer.ACCEPTED : Answer.REFUSED;
        } catch (ExecutionException e) {
            LOG.warn("no answer from worker={}: {}", workerId, e.getMessage());
            return e.getCause() instanceof ReplyException failure && failure.failureType() == ReplyFailure.NO_HANDLERS
                    ? Answer.REFUSED
                    : Answer.UNKNOWN;
        } catch (TimeoutException | IllegalArgumentException e) {
            LOG.warn("no answer from worker={}: {}", workerId, e.getMessage());
            return Answer.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.UNKNOWN;
        }
    }

    @Override
    public void adopt(TaskRef attempt) {
        view.adopt(attempt);
    }

    @Override
    public void honour(TaskRef attempt) {
        view.granted(attempt);
    }

    @Override
    public boolean leased(TaskRef attempt) {
        return view.leased(attempt);
    }

    @Override
    public void end(TaskRef attempt) {
        view.end(attempt);
    }

    @Override
    public void stop(String jobId) {
        view.stop(jobId);
        view.workers().forEach(worker -> sendStop(worker.id(), jobId));
    }

    /** Without waiting for an answer: a worker that does not hear it is told again when it presents an attempt. */
    private void sendStop(String workerId, String jobId) {
        vertx.eventBus().send(Messages.stopAddress(workerId), Messages.write(new StopJob(view.epoch(), jobId)));
    }

    @Override
    public Subscription follow(String jobId, Consumer<TaskOver> over, Consumer<TaskProgress> progress) {
        view.open(jobId);
        MessageConsumer<String> overs = vertx.eventBus().consumer(Messages.overAddress(jobId), message -> {
            TaskOver end = Messages.read(message.body(), TaskOver.class);
            view.over(new TaskRef(jobId, end.taskId(), end.attempt()));
            over.accept(end);
        });
        MessageConsumer<String> progresses = vertx.eventBus()
                .consumer(
                        Messages.progressAddress(jobId),
                        message -> progress.accept(Messages.read(message.body(), TaskProgress.class)));
        await(Future.all(overs.completion(), progresses.completion()));
        return () -> {
            overs.unregister();
            progresses.unregister();
            view.close(jobId);
        };
    }

    /** Until then, what is said elsewhere in the cluster may not be heard: leases and logs tell it later. */
    private static void await(Future<?> registered) {
        try {
            registered.toCompletionStage().toCompletableFuture().get(ANSWER_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("not yet heard in the whole cluster: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        heartbeats.unregister();
    }
}
