package io.segue.worker.agent;

import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.Accepted;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.StopJob;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.time.Time;
import io.segue.worker.task.Attempts;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker on the event bus: takes orders up to its slots, runs each on a thread of its own, shows itself to the fleet, and
 * tells the job's address when an attempt has ended.
 */
public final class WorkerAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerAgent.class);
    private static final int NOT_AN_ORDER = 400;
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final String workerId;
    private final int slots;
    private final Attempts attempts;
    private final Time time;
    private final Orders orders;
    private final WorkerCounts counts = new WorkerCounts();
    private final ThreadPoolExecutor threads;
    private final Presence presence;
    private final MessageConsumer<String> runs;
    private final MessageConsumer<String> stops;

    /** @param slots attempts at a time, at least 1 */
    public WorkerAgent(Vertx vertx, String workerId, int slots, Attempts attempts, Time time) {
        this.vertx = vertx;
        this.workerId = workerId;
        this.slots = slots;
        this.attempts = attempts;
        this.time = time;
        this.orders = new Orders(slots, time);
        this.threads = threads(slots);
        this.runs = vertx.eventBus()
                .consumer(Messages.runAddress(workerId), message -> answer(message, RunTask.class, this::onRun));
        this.stops = vertx.eventBus()
                .consumer(Messages.stopAddress(workerId), message -> answer(message, StopJob.class, orders::stop));
        this.presence = new Presence(vertx, workerId, slots, orders, counts, time);
    }

    /** The queue only bridges the moment between the end of an attempt and its thread's return. */
    private static ThreadPoolExecutor threads(int slots) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(slots, slots, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(slots), task -> {
                    Thread thread = new Thread(task, "segue-task-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** What is no such order is answered with a failure, and changes nothing. */
    private static <T> void answer(Message<String> message, Class<T> type, Predicate<T> accepts) {
        T order;
        try {
            order = Messages.read(message.body(), type);
        } catch (IllegalArgumentException e) {
            LOG.warn("event=refused address={}: {}", message.address(), e.getMessage());
            message.fail(NOT_AN_ORDER, "not a " + type.getSimpleName());
            return;
        }
        message.reply(Messages.write(new Accepted(accepts.test(order))));
    }

    private boolean onRun(RunTask order) {
        Orders.Verdict verdict = orders.take(order);
        if (verdict instanceof Orders.Verdict.Start start) {
            threads.execute(() -> run(start.attempt()));
        } else if (verdict instanceof Orders.Verdict.Refused refused) {
            LOG.info(
                    "refused job={} task={} attempt={}: {}",
                    order.jobId(),
                    order.taskId(),
                    order.attempt(),
                    refused.why());
        }
        return !(verdict instanceof Orders.Verdict.Refused);
    }

    private void run(Orders.Running attempt) {
        RunTask order = attempt.order();
        try (TaskWatch watch = new TaskWatch(vertx, attempt, counts, time)) {
            LOG.debug("begin job={} task={} attempt={}", order.jobId(), order.taskId(), order.attempt());
            Attempts.Outcome outcome = attempts.run(order, attempt.lease(), watch);
            counts.ended(outcome);
            LOG.debug(
                    "end job={} task={} attempt={} outcome={}",
                    order.jobId(),
                    order.taskId(),
                    order.attempt(),
                    outcome);
        } catch (RuntimeException e) {
            counts.broke();
            LOG.error("broke down job={} task={} attempt={}", order.jobId(), order.taskId(), order.attempt(), e);
        } finally {
            orders.ended(attempt);
            vertx.eventBus()
                    .publish(
                            Messages.overAddress(order.jobId()),
                            Messages.write(new TaskOver(order.jobId(), order.taskId(), order.attempt())));
        }
    }

    /** Orders of older leaders than that of this epoch are refused from now on. */
    public void heardOf(int epoch) {
        orders.follows(epoch);
    }

    /** Attempts that it runs at most. */
    public int slots() {
        return slots;
    }

    public WorkerCounts counts() {
        return counts;
    }

    /** Attempts under way. */
    public int running() {
        return orders.present().running().size();
    }

    /** True if it takes orders and a leader knows of it. */
    public boolean ready() {
        return presence.led() && !orders.present().draining();
    }

    /** Refuses orders from now on, and has every running attempt hand over at its next step. */
    public void drain() {
        LOG.info("event=draining worker={} running={}", workerId, running());
        orders.drain();
    }

    /**
     * Waits until nothing runs.
     *
     * @return false if something still does after {@code most}
     */
    public boolean awaitIdle(Duration most) throws InterruptedException {
        long deadline = time.nanos() + most.toNanos();
        while (running() > 0 && time.nanos() - deadline < 0) {
            time.pause(Duration.ofMillis(50));
        }
        return running() == 0;
    }

    /** Leaves at once: interrupts what runs, and waits a little for its last words. */
    @Override
    public void close() {
        orders.drain();
        runs.unregister();
        stops.unregister();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("event=attempts-left-behind worker={} running={}", workerId, running());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        presence.close();
    }
}
