package io.segue.coordinator.dispatch;

import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.Accepted;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.StopJob;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.job.message.Messages.TaskProgress;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workers on the Vert.x event bus of this process or cluster. */
public final class EventBusWorkers implements Workers {
    private static final Logger LOG = LoggerFactory.getLogger(EventBusWorkers.class);
    private static final long ANSWER_MS = 5_000;

    private final Vertx vertx;
    private final List<String> ids;

    public EventBusWorkers(Vertx vertx, List<String> ids) {
        this.vertx = vertx;
        this.ids = List.copyOf(ids);
    }

    @Override
    public List<String> ids() {
        return ids;
    }

    @Override
    public boolean run(String workerId, RunTask order) {
        return asked(Messages.runAddress(workerId), order);
    }

    @Override
    public void stop(String jobId) {
        ids.forEach(id -> asked(Messages.stopAddress(id), new StopJob(1, jobId)));
    }

    private boolean asked(String address, Object message) {
        try {
            Message<String> reply = vertx.eventBus()
                    .<String>request(address, Messages.write(message), new DeliveryOptions().setSendTimeout(ANSWER_MS))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(2 * ANSWER_MS, TimeUnit.MILLISECONDS);
            return Messages.read(reply.body(), Accepted.class).accepted();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("no answer from {}: {}", address, e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Subscription follow(String jobId, Consumer<TaskOver> over, Consumer<TaskProgress> progress) {
        MessageConsumer<String> overs = vertx.eventBus()
                .consumer(
                        Messages.overAddress(jobId),
                        message -> over.accept(Messages.read(message.body(), TaskOver.class)));
        MessageConsumer<String> progresses = vertx.eventBus()
                .consumer(
                        Messages.progressAddress(jobId),
                        message -> progress.accept(Messages.read(message.body(), TaskProgress.class)));
        return () -> {
            overs.unregister();
            progresses.unregister();
        };
    }
}
