package io.segue.coordinator.jobs;

import io.segue.coordinator.dispatch.DispatchListener;
import io.segue.protocol.text.Units;

/** Hears what a job does, for people. Called from the job's thread and, for progress, from others. */
public interface JobListener extends DispatchListener {
    /** A new phase: {@code "Phase 1: Restore Data"} and the like. */
    void phase(String title);

    /** Something that was done or found. */
    @Override
    void said(String line);

    /**
     * What the data phase has to do, as far as that is known before.
     *
     * @param bytes stored; 0 where that is not known
     */
    void expected(long records, long bytes);

    /** All that there was to do in the data phase is done: what was expected was an upper limit. */
    default void allMoved() {}

    /** What is expected, in words. */
    static String inWords(long records, long bytes) {
        return Units.count(records, "record") + (bytes > 0 ? ", " + Units.bytes(bytes) + " stored" : "");
    }

    /** {@inheritDoc} Nothing is shown of it where the records tell enough. */
    @Override
    default void tasks(int total, int done, int running, int failed) {}
}
