package io.segue.worker.agent;

import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.Accepted;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.StopJob;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.worker.restore.RestoreTasks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker on the event bus: takes task orders up to its slots, runs each on a thread of its own pool, and tells the job's
 * address when one has ended. An order that it already carries out is accepted again without effect.
 */
public final class WorkerAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerAgent.class);

    private final Vertx vertx;
    private final RestoreTasks tasks;
    private final WorkerExecutor pool;
    private final Semaphore slots;
    private final Map<RunTask, Boolean> running = new ConcurrentHashMap<>();
    private final Set<String> stoppedJobs = ConcurrentHashMap.newKeySet();
    private final MessageConsumer<String> runs;
    private final MessageConsumer<String> stops;

    public WorkerAgent(Vertx vertx, String workerId, int slots, RestoreTasks tasks) {
        this.vertx = vertx;
        this.tasks = tasks;
        this.slots = new Semaphore(slots);
        this.pool = vertx.createSharedWorkerExecutor("segue-" + workerId, slots, 365, TimeUnit.DAYS);
        this.runs = vertx.eventBus().consumer(Messages.runAddress(workerId), this::onRun);
        this.stops = vertx.eventBus().consumer(Messages.stopAddress(workerId), this::onStop);
    }

    private void onRun(Message<String> message) {
        RunTask order = Messages.read(message.body(), RunTask.class);
        message.reply(Messages.write(new Accepted(running.containsKey(order) || start(order))));
    }

    private boolean start(RunTask order) {
        if (stoppedJobs.contains(order.jobId()) || !slots.tryAcquire()) {
            return false;
        }
        running.put(order, true);
        Future<Void> end = pool.executeBlocking(
                () -> {
                    run(order);
                    return null;
                },
                false);
        end.onComplete(result -> {
            running.remove(order);
            slots.release();
            if (result.failed()) {
                LOG.error("job={} task={} broke down", order.jobId(), order.taskId(), result.cause());
            }
            vertx.eventBus()
                    .publish(
                            Messages.overAddress(order.jobId()),
                            Messages.write(new TaskOver(order.jobId(), order.taskId(), order.attempt())));
        });
        return true;
    }

    private void run(RunTask order) {
        try (ProgressMessages progress = new ProgressMessages(vertx, order.jobId(), order.taskId())) {
            tasks.run(
                    order.jobId(),
                    order.page(),
                    order.taskId(),
                    order.attempt(),
                    progress,
                    () -> stoppedJobs.contains(order.jobId()));
        }
    }

    private void onStop(Message<String> message) {
        stoppedJobs.add(Messages.read(message.body(), StopJob.class).jobId());
        message.reply(Messages.write(new Accepted(true)));
    }

    @Override
    public void close() {
        runs.unregister();
        stops.unregister();
        pool.close();
    }
}
