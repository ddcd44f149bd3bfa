package io.segue.coordinator.dispatch;

import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.job.message.Messages.TaskProgress;
import java.util.List;
import java.util.function.Consumer;

/** The port to the fleet of workers. */
public interface Workers {
    /** Ids of the workers there are, at least one. */
    List<String> ids();

    /** Hands an order over; false if the worker has no free slot or does not answer. Blocks for a bounded time. */
    boolean run(String workerId, RunTask order);

    /** Asks every worker to stop the tasks of a job at their next batch. */
    void stop(String jobId);

    /** Hears of ended attempts and of progress until closed. Callbacks return at once. */
    Subscription follow(String jobId, Consumer<TaskOver> over, Consumer<TaskProgress> progress);

    /** Ends a following. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
