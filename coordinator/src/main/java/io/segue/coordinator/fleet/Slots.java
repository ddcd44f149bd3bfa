package io.segue.coordinator.fleet;

import io.segue.protocol.job.message.Messages.TaskRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which attempts take a slot of which worker: those that its last heartbeat listed, and those that the leader reserved
 * since; without those that are known to have ended. Not for several threads.
 */
final class Slots {
    private final Map<TaskRef, String> workerOf = new HashMap<>();
    private final Index byWorker = new Index();
    private final Index byJob = new Index();
    /** Taken, and not yet seen in a heartbeat. */
    private final Set<TaskRef> reserved = new HashSet<>();
    /** Ended, and perhaps still in a heartbeat that is on its way. */
    private final Index ended = new Index();

    int taken(String workerId) {
        return byWorker.of(workerId).size();
    }

    int takenBy(String jobId) {
        return byJob.of(jobId).size();
    }

    void reserve(String workerId, TaskRef ref) {
        reserved.add(ref);
        take(workerId, ref);
    }

    /** A worker's heartbeat arrived. */
    void listed(String workerId, List<TaskRef> running) {
        Set<TaskRef> now = Set.copyOf(running);
        reserved.removeAll(now);
        for (TaskRef ref : List.copyOf(byWorker.of(workerId))) {
            if (!now.contains(ref) && !reserved.contains(ref)) {
                drop(ref);
            }
        }
        for (TaskRef ref : List.copyOf(ended.of(workerId))) {
            if (!now.contains(ref)) {
                ended.remove(workerId, ref);
            }
        }
        for (TaskRef ref : now) {
            if (!ended.of(workerId).contains(ref)) {
                take(workerId, ref);
            }
        }
    }

    /** The attempt was never handed over. */
    void cancel(TaskRef ref) {
        drop(ref);
    }

    /** The attempt has ended. */
    void free(TaskRef ref) {
        String worker = drop(ref);
        if (worker != null) {
            ended.add(worker, ref);
        }
    }

    void forget(String jobId) {
        List.copyOf(byJob.of(jobId)).forEach(this::drop);
    }

    private void take(String workerId, TaskRef ref) {
        String before = workerOf.put(ref, workerId);
        if (before != null) {
            byWorker.remove(before, ref);
        }
        byWorker.add(workerId, ref);
        byJob.add(ref.jobId(), ref);
    }

    private @Nullable String drop(TaskRef ref) {
        reserved.remove(ref);
        String worker = workerOf.remove(ref);
        if (worker != null) {
            byWorker.remove(worker, ref);
            byJob.remove(ref.jobId(), ref);
        }
        return worker;
    }

    /** Attempts by worker or by job. */
    private static final class Index {
        private final Map<String, Set<TaskRef>> refs = new HashMap<>();

        Set<TaskRef> of(String key) {
            return refs.getOrDefault(key, Set.of());
        }

        void add(String key, TaskRef ref) {
            refs.computeIfAbsent(key, id -> new HashSet<>()).add(ref);
        }

        void remove(String key, TaskRef ref) {
            Set<TaskRef> some = refs.get(key);
            if (some != null && some.remove(ref) && some.isEmpty()) {
                refs.remove(key);
            }
        }
    }
}
