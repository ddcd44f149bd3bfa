package io.segue.coordinator.fleet;

import io.segue.protocol.job.message.Messages.TaskRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The newest attempt of each task that this leader knows of, and until when it is leased. Pure: instants are monotonic
 * nanoseconds given by the caller. Not for several threads.
 */
final class LeaseTable {
    /** A lease lasts so long after the last heartbeat that listed its attempt. */
    static final Duration LEASE = Duration.ofSeconds(10);

    /** Attempts that no job of this leader asked for are forgotten so long after they were last presented. */
    private static final Duration UNASKED_KEPT = Duration.ofMinutes(2);

    private final long leaderSince;
    private final Runnable expired;
    private final Map<Task, Lease> leases = new HashMap<>();

    private record Task(String jobId, String taskId) {
        static Task of(TaskRef ref) {
            return new Task(ref.jobId(), ref.taskId());
        }
    }

    /**
     * @param asked the leader's own jobs know of it
     * @param over it has ended or expired: never renewed again
     */
    private record Lease(int attempt, long expiresAt, boolean asked, boolean over) {
        /** True if that attempt must not go on: a newer one is known, or it is over itself. */
        boolean overtakes(int other) {
            return attempt > other || (attempt == other && over);
        }
    }

    /**
     * @param leaderSince when this leader's term began
     * @param expired told once of every lease that ran out
     */
    LeaseTable(long leaderSince, Runnable expired) {
        this.leaderSince = leaderSince;
        this.expired = expired;
    }

    /** The attempt was granted just now. */
    void granted(TaskRef ref, long now) {
        put(ref, now + LEASE.toNanos());
    }

    /** The attempt was granted before this leader's time. */
    void adopted(TaskRef ref) {
        put(ref, leaderSince + LEASE.toNanos());
    }

    private void put(TaskRef ref, long expiresAt) {
        leases.merge(Task.of(ref), new Lease(ref.attempt(), expiresAt, true, false), (known, now) -> {
            if (known.overtakes(now.attempt())) {
                return known;
            }
            long until =
                    known.attempt() == now.attempt() ? Math.max(known.expiresAt(), now.expiresAt()) : now.expiresAt();
            return new Lease(now.attempt(), until, true, false);
        });
    }

    /** A worker runs the attempt: renews it. False if it is not the newest one, or is over: the worker must not go on. */
    boolean presented(TaskRef ref, long now) {
        Lease known = leases.get(Task.of(ref));
        if (known != null && known.overtakes(ref.attempt())) {
            return false;
        }
        boolean asked = known != null && known.attempt() == ref.attempt() && known.asked();
        leases.put(Task.of(ref), new Lease(ref.attempt(), now + LEASE.toNanos(), asked, false));
        return true;
    }

    /** True while the lease lasts; the first false is final. */
    boolean leased(TaskRef ref, long now) {
        Lease known = leases.get(Task.of(ref));
        if (known == null || known.attempt() != ref.attempt() || known.over()) {
            return false;
        }
        if (now < known.expiresAt()) {
            return true;
        }
        ended(ref);
        expired.run();
        return false;
    }

    /** The attempt is over; its number stays known, so that older ones are told. */
    void ended(TaskRef ref) {
        leases.computeIfPresent(
                Task.of(ref),
                (task, known) -> known.attempt() == ref.attempt()
                        ? new Lease(known.attempt(), known.expiresAt(), known.asked(), true)
                        : known);
    }

    /** The job is not worked on any more; what still runs of it is presented again. */
    void forget(String jobId) {
        leases.keySet().removeIf(task -> task.jobId().equals(jobId));
    }

    /** Forgets what nobody asked for and nobody presents. */
    void prune(long now) {
        leases.values().removeIf(lease -> !lease.asked() && now - lease.expiresAt() > UNASKED_KEPT.toNanos());
    }
}
