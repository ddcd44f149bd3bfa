package io.segue.coordinator.jobs;

import io.segue.protocol.job.JobState;

/** An opened job with the connections that it needs. */
public interface RunnableJob extends AutoCloseable {
    /** Name of the document with what the job's command prints. */
    String REPORT = "report.json";

    /**
     * Runs to the end or to a stop, stores {@link #REPORT}, and journals the end or the interruption as its last step.
     *
     * @return {@link JobState#INTERRUPTED}, or how it ended
     * @throws InterruptedException if the leadership is lost: nothing is journaled, and the workers go on with their tasks
     */
    JobState run() throws InterruptedException;

    /**
     * Thaws topics that an ended job kept frozen.
     *
     * @param force also where that deletes what a reset group has not read
     * @throws JobRefusedException if the job is of a kind that freezes nothing
     */
    default void thaw(boolean force) {
        throw new JobRefusedException("only a restore keeps topics frozen");
    }

    @Override
    void close();
}
