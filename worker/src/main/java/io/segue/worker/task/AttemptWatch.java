package io.segue.worker.task;

/** What an attempt tells while it runs, and asks between two steps. */
public interface AttemptWatch {
    /**
     * More was done by this attempt; what an earlier one did stands in the task's log.
     *
     * @param records since the last call
     * @param bytes of their keys, values and headers
     */
    void advanced(long records, long bytes);

    /** The lease was found lost; the attempt waits. */
    void leaseLost();

    /** True once it should hand over at the next step. */
    boolean stopRequested();
}
