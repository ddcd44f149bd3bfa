package io.segue.worker.task;

/** What an attempt tells while it runs, and asks between two steps. */
public interface AttemptWatch {
    /**
     * More was done.
     *
     * @param records since the last call; also those that an earlier attempt had done
     * @param bytes of their keys, values and headers; 0 for what an earlier attempt had done
     */
    void advanced(long records, long bytes);

    /** The lease was found lost; the attempt waits. */
    void leaseLost();

    /** True once it should hand over at the next step. */
    boolean stopRequested();
}
