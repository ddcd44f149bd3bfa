package io.segue.coordinator.dispatch;

/** Hears how a dispatch gets on; called by several threads. */
public interface DispatchListener {
    /** Records and payload bytes that have reached the target, or were read, in addition. */
    void advanced(long records, long bytes);

    /** How many tasks there are, and where they stand. */
    void tasks(int total, int done, int running, int failed);
}
