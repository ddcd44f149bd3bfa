package io.segue.coordinator.jobs;

import io.segue.coordinator.dispatch.DispatchListener;

/** Hears what a job does, for people. Called from the job's thread and, for progress, from others. */
public interface JobListener extends DispatchListener {
    /** A new phase: {@code "Phase 1: Restore Data"} and the like. */
    void phase(String title);

    /** Something that was done or found. */
    void said(String line);

    /** What the data phase has to do. */
    void expected(long records, long bytes);

    /** {@inheritDoc} Nothing is shown of it where the records tell enough. */
    @Override
    default void tasks(int total, int done, int running, int failed) {}
}
