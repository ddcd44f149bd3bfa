package io.segue.worker.append;

import io.segue.worker.append.TargetPartition.TailRecord;
import io.segue.worker.lease.AttemptOver;

/**
 * How the record sequence of one task gets to one target partition. What is guaranteed of a record that was appended is the
 * implementation's to say. Used by one thread.
 */
public interface Delivery {
    /** Compares what the log holds with what the archive says it must hold. */
    @FunctionalInterface
    interface ContentCheck {
        /**
         * @param ordinal of the last record of this task in the log
         * @param found that record
         * @throws AttemptOver.Broken if the archive says otherwise
         */
        void verify(long ordinal, TailRecord found) throws AttemptOver;
    }

    /**
     * Makes this attempt the only writer, as far as that can be, and finds out where to go on.
     *
     * @return records of the sequence that are on the target
     */
    long attach(ContentCheck check) throws AttemptOver, InterruptedException;

    /**
     * Sends one batch whose first record is the next of the sequence.
     *
     * @param name of the batch, for messages: its source offsets
     * @return true if it is on the target; false: attach again before anything else
     */
    boolean append(EncodedBatch batch, String name) throws AttemptOver, InterruptedException;

    /** Target offset of a record that was found by the last attach or appended last. */
    long targetOf(long ordinal);

    /**
     * Ends the sequence.
     *
     * @param count of its records, all of them appended
     * @return log end of the partition
     */
    long seal(long count, ContentCheck check) throws AttemptOver, InterruptedException;
}
