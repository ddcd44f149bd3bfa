package io.segue.worker.restore;

import io.segue.protocol.job.TaskEvent.Markers;
import org.jspecify.annotations.Nullable;

/** Where an attempt takes its batches from, in the order of the sequence. The sequence is the feed's until {@link #close}. */
interface BatchFeed extends AutoCloseable {
    /** What the feed gives: a batch, or at the end the number of records of the whole sequence, or why it broke off. */
    sealed interface Next {
        record Batch(SourceBatch batch) implements Next {}

        record End(long count, long repeats, @Nullable Markers markers) implements Next {}

        record Failure(RuntimeException cause) implements Next {}
    }

    /** Makes the feed of an attempt. */
    @FunctionalInterface
    interface Opener {
        /** @param name of the feed's thread, if it has one */
        BatchFeed open(RecordSequence sequence, BatchBuilder builder, String name);
    }

    /** Builds what comes next; nothing comes after an end or a failure. */
    static Next next(RecordSequence sequence, BatchBuilder builder) {
        try {
            SourceBatch batch = builder.next();
            return batch == null
                    ? new Next.End(sequence.ordinal(), sequence.repeats(), sequence.markers())
                    : new Next.Batch(batch);
        } catch (RuntimeException e) {
            return new Next.Failure(e);
        }
    }

    /** Waits for what comes next; nothing comes after an end or a failure. */
    Next take() throws InterruptedException;

    /** The sequence may be closed afterwards. */
    @Override
    void close();
}
