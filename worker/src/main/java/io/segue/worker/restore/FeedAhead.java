package io.segue.worker.restore;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Builds batches on a thread of its own, a few ahead of the one in flight, so that reading, decompressing and building
 * overlap with sending.
 */
final class FeedAhead implements BatchFeed {
    private static final int AHEAD = 3;

    private final BlockingQueue<Next> queue = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;

    FeedAhead(RecordSequence sequence, BatchBuilder builder, String name) {
        this.thread = new Thread(() -> feed(sequence, builder), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void feed(RecordSequence sequence, BatchBuilder builder) {
        try {
            Next next;
            do {
                next = BatchFeed.next(sequence, builder);
                queue.put(next);
            } while (next instanceof Next.Batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Next take() throws InterruptedException {
        return queue.take();
    }

    /** Ends the thread. */
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
