package io.segue.coordinator.jobs;

/** Hears what a job does, for people. Called from the job's thread and, for progress, from others. */
public interface JobListener {
    /** A new phase: {@code "Phase 1: Restore Data"} and the like. */
    void phase(String title);

    /** Something that was done or found. */
    void said(String line);

    /** What the data phase has to do. */
    void expected(long records, long bytes);

    /** Records and payload bytes that have reached the target in addition. */
    void advanced(long records, long bytes);

    /** How many tasks there are, and where they stand. */
    default void tasks(int total, int done, int running, int failed) {}
}
