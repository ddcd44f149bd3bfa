package io.segue.worker.agent;

import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.TaskProgress;
import io.segue.protocol.time.Time;
import io.segue.worker.task.AttemptWatch;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what an attempt does, and tells the bus at most a few times a second; used by the attempt's thread alone. */
final class TaskWatch implements AttemptWatch, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskWatch.class);
    private static final long INTERVAL_NANOS = 250_000_000;

    private final Vertx vertx;
    private final Orders.Running attempt;
    private final WorkerCounts counts;
    private final Time time;
    private long records;
    private long bytes;
    private long sentAt;

    TaskWatch(Vertx vertx, Orders.Running attempt, WorkerCounts counts, Time time) {
        this.vertx = vertx;
        this.attempt = attempt;
        this.counts = counts;
        this.time = time;
        this.sentAt = time.nanos();
    }

    @Override
    public void advanced(long moreRecords, long moreBytes) {
        counts.advanced(moreRecords, moreBytes);
        records += moreRecords;
        bytes += moreBytes;
        long now = time.nanos();
        if (now - sentAt >= INTERVAL_NANOS) {
            sentAt = now;
            send();
        }
    }

    @Override
    public void leaseLost() {
        counts.leaseLost();
        RunTask order = attempt.order();
        LOG.warn(
                "lease lost job={} task={} attempt={}: waiting for a leader",
                order.jobId(),
                order.taskId(),
                order.attempt());
    }

    @Override
    public boolean stopRequested() {
        return attempt.stopRequested();
    }

    private void send() {
        if (records > 0) {
            RunTask order = attempt.order();
            vertx.eventBus()
                    .publish(
                            Messages.progressAddress(order.jobId()),
                            Messages.write(new TaskProgress(order.jobId(), order.taskId(), records, bytes)));
        }
        records = 0;
        bytes = 0;
    }

    @Override
    public void close() {
        send();
    }
}
