package io.segue.worker.task;

import io.segue.protocol.time.Time;
import io.segue.worker.jobs.JobResources;
import io.segue.worker.lease.Lease;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.lease.TaskJournal;

/**
 * One attempt at a task, with all that it needs.
 *
 * @param job what the tasks of its job share
 * @param journal its log
 * @param lease its right to run
 */
public record Attempt(JobResources job, TaskJournal journal, Lease lease, AttemptWatch watch) {
    /**
     * Asks whether the attempt may go on.
     *
     * @param lost called when the lease is found lost
     */
    public LeaseGate gate(Time time, Runnable lost) {
        return new LeaseGate(lease, journal, time, watch::stopRequested, lost);
    }
}
