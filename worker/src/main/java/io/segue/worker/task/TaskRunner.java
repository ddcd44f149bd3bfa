package io.segue.worker.task;

import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.worker.lease.AttemptOver;

/** Runs attempts at tasks of one kind; one instance for all of a process, used by many threads. */
@FunctionalInterface
public interface TaskRunner<T extends JobTask> {
    /**
     * Works until the task is done. A kind that writes where a second writer would do harm asks its
     * {@link io.segue.worker.lease.LeaseGate} before each write.
     *
     * @return how the task ended, not yet journaled
     * @throws AttemptOver if it has to end before the task does
     * @throws InterruptedException if the process ends; nothing is left half-written that the next attempt would trust
     */
    TaskEvent run(T task, Attempt attempt) throws AttemptOver, InterruptedException;
}
