package io.segue.worker.agent;

import io.segue.protocol.job.message.Messages.Renewed;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.StopJob;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.time.Time;
import io.segue.worker.lease.Lease;
import io.segue.worker.lease.Moment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker was told to do and still does: the attempts under way with their leases, the newest epoch that it has heard
 * of, and whether it takes more. Decides, does nothing. Used by many threads.
 */
final class Orders {
    private final int slots;
    private final Time time;
    private final Map<TaskRef, Running> running = new LinkedHashMap<>();
    private int epoch;
    private boolean draining;

    /** An attempt under way. */
    static final class Running {
        private final RunTask order;
        private final Lease lease;
        private volatile boolean stopRequested;

        private Running(RunTask order, Lease lease) {
            this.order = order;
            this.lease = lease;
        }

        RunTask order() {
            return order;
        }

        Lease lease() {
            return lease;
        }

        boolean stopRequested() {
            return stopRequested;
        }
    }

    /** What to do about an order. */
    sealed interface Verdict {
        /** Run it. */
        record Start(Running attempt) implements Verdict {}

        /** It runs already. */
        record Known() implements Verdict {}

        record Refused(String why) implements Verdict {}
    }

    /** What a heartbeat presents. */
    record Presented(Moment sentAt, boolean draining, List<TaskRef> running) {}

    Orders(int slots, Time time) {
        this.slots = slots;
        this.time = time;
    }

    synchronized Verdict take(RunTask order) {
        if (!follows(order.epoch())) {
            return new Verdict.Refused("epoch " + order.epoch() + " is over, epoch " + epoch + " leads");
        }
        if (running.containsKey(order.ref())) {
            return new Verdict.Known();
        }
        if (draining) {
            return new Verdict.Refused("this worker is leaving");
        }
        if (running.size() == slots) {
            return new Verdict.Refused("all " + slots + " slots are taken");
        }
        for (Running other : running.values()) {
            if (other.order.jobId().equals(order.jobId())
                    && other.order.taskId().equals(order.taskId())) {
                if (other.order.attempt() > order.attempt()) {
                    return new Verdict.Refused("attempt " + other.order.attempt() + " of the task runs");
                }
                other.stopRequested = true;
            }
        }
        Running attempt = new Running(order, new Lease(time));
        running.put(order.ref(), attempt);
        return new Verdict.Start(attempt);
    }

    /** An attempt has ended, however. */
    synchronized void ended(Running attempt) {
        running.remove(attempt.order.ref(), attempt);
    }

    /**
     * Stops what runs of a job; a later order for it is another matter.
     *
     * @return false if the order is of an epoch that is over
     */
    synchronized boolean stop(StopJob order) {
        if (!follows(order.epoch())) {
            return false;
        }
        running.values().stream()
                .filter(attempt -> attempt.order.jobId().equals(order.jobId()))
                .forEach(attempt -> attempt.stopRequested = true);
        return true;
    }

    /** Takes no more orders, and hands over what runs. */
    synchronized void drain() {
        draining = true;
        running.values().forEach(attempt -> attempt.stopRequested = true);
    }

    /**
     * Hears of a leader.
     *
     * @return false if a newer one was heard of
     */
    synchronized boolean follows(int leaderEpoch) {
        if (leaderEpoch < epoch) {
            return false;
        }
        epoch = leaderEpoch;
        return true;
    }

    synchronized Presented present() {
        return new Presented(Moment.now(time), draining, List.copyOf(running.keySet()));
    }

    /** The answer to a heartbeat: what it presented is renewed from when it was sent on, or revoked. */
    synchronized void answered(Presented presented, Renewed answer) {
        if (!follows(answer.epoch())) {
            return;
        }
        for (TaskRef ref : presented.running()) {
            Running attempt = running.get(ref);
            if (attempt != null && answer.revoked().contains(ref)) {
                attempt.lease.revoked(presented.sentAt());
            } else if (attempt != null) {
                attempt.lease.renewed(presented.sentAt());
            }
        }
    }
}
