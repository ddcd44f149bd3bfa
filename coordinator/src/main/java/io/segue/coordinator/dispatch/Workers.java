package io.segue.coordinator.dispatch;

import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.job.message.Messages.TaskProgress;
import io.segue.protocol.job.message.Messages.TaskRef;
import java.util.List;
import java.util.function.Consumer;

/**
 * The port to the fleet of workers, shared by every job of a leader: who is there, whose slot is whose, and which attempts
 * are leased. Nothing here is durable; the task logs are. Every method may be called by any thread; only {@link #run} and
 * {@link #follow} block, for a bounded time.
 */
public interface Workers {
    /** The workers that were heard of lately, whether they take orders or not; ordered by id. */
    List<WorkerView> workers();

    /**
     * How many more attempts a job may start now: the free slots, or what is left of its fair share of all slots while
     * another job wants more than it has.
     *
     * @param wanted attempts that the job would start if it could
     */
    int room(String jobId, int wanted);

    /** Takes a slot for an attempt that is about to be granted; false if the worker has none or takes no orders. */
    boolean reserve(String workerId, TaskRef attempt);

    /** The slot that was taken for an attempt is not needed: it was not granted. */
    void cancel(TaskRef attempt);

    /**
     * Hands over an attempt that was granted and has a slot; unless it is refused, it is leased from now on.
     *
     * @param page of the job's plan that holds the task
     */
    Answer run(String workerId, TaskRef attempt, int page);

    /** What a worker said to an order. */
    enum Answer {
        ACCEPTED,
        /** It does not run the attempt, and never will. */
        REFUSED,
        /** It may run the attempt or not. */
        UNKNOWN
    }

    /**
     * An attempt stands in a task's log as under way since before this leader: it is leased for one lease from the leader's
     * start, and longer if its worker presents it.
     */
    void adopt(TaskRef attempt);

    /** Somebody else granted an attempt a moment ago: it is leased for one lease from now. */
    void honour(TaskRef attempt);

    /**
     * True while the attempt's worker may write. Once this has said false of an attempt it stays so, and a worker that
     * presents the attempt is told.
     */
    boolean leased(TaskRef attempt);

    /** The attempt was granted and is over: it has neither slot nor lease any more. */
    void end(TaskRef attempt);

    /** Asks every worker to stop the attempts of a job at their next batch, and those who present one later, too. */
    void stop(String jobId);

    /** Hears of ended attempts and of progress until closed. Callbacks return at once. Ends an earlier {@link #stop}. */
    Subscription follow(String jobId, Consumer<TaskOver> over, Consumer<TaskProgress> progress);

    /** Ends a following. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
