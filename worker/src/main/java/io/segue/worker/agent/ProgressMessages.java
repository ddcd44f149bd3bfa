package io.segue.worker.agent;

import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.TaskProgress;
import io.segue.worker.restore.RestoreProgress;
import io.vertx.core.Vertx;

/** Sends a task's progress at most a few times a second; used by the task's thread alone. */
final class ProgressMessages implements RestoreProgress, AutoCloseable {
    private static final long INTERVAL_NANOS = 250_000_000;

    private final Vertx vertx;
    private final String jobId;
    private final String taskId;
    private long records;
    private long bytes;
    private long sentAt = System.nanoTime();

    ProgressMessages(Vertx vertx, String jobId, String taskId) {
        this.vertx = vertx;
        this.jobId = jobId;
        this.taskId = taskId;
    }

    @Override
    public void advanced(long moreRecords, long moreBytes) {
        records += moreRecords;
        bytes += moreBytes;
        long now = System.nanoTime();
        if (now - sentAt >= INTERVAL_NANOS) {
            sentAt = now;
            send();
        }
    }

    private void send() {
        if (records > 0) {
            vertx.eventBus()
                    .publish(
                            Messages.progressAddress(jobId),
                            Messages.write(new TaskProgress(jobId, taskId, records, bytes)));
        }
        records = 0;
        bytes = 0;
    }

    @Override
    public void close() {
        send();
    }
}
