package io.segue.worker.restore;

import io.segue.protocol.job.TaskEvent.Markers;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Builds batches on a thread of its own, a few ahead of the one in flight, so that reading, decompressing and building
 * overlap with sending. The sequence is its thread's until {@link #close}.
 */
final class BatchFeed implements AutoCloseable {
    private static final int AHEAD = 3;

    private final BlockingQueue<Next> queue = new ArrayBlockingQueue<>(AHEAD);
    private final RecordSequence sequence;
    private final Thread thread;

    /** What the feed gives: a batch, or at the end the number of records of the whole sequence, or why it broke off. */
    sealed interface Next {
        record Batch(SourceBatch batch) implements Next {}

        record End(long count, long repeats, @Nullable Markers markers) implements Next {}

        record Failure(RuntimeException cause) implements Next {}
    }

    BatchFeed(RecordSequence sequence, BatchBuilder builder, String name) {
        this.sequence = sequence;
        this.thread = new Thread(() -> feed(builder), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void feed(BatchBuilder builder) {
        try {
            queue.put(firstFailureOrEnd(builder));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Next firstFailureOrEnd(BatchBuilder builder) throws InterruptedException {
        try {
            for (SourceBatch batch = builder.next(); batch != null; batch = builder.next()) {
                queue.put(new Next.Batch(batch));
            }
            return new Next.End(sequence.ordinal(), sequence.repeats(), sequence.markers());
        } catch (RuntimeException e) {
            return new Next.Failure(e);
        }
    }

    /** Waits for what comes next; nothing comes after an end or a failure. */
    Next take() throws InterruptedException {
        return queue.take();
    }

    /** Ends the thread; the sequence may be closed afterwards. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
