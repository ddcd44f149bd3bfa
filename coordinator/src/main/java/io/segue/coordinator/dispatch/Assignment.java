package io.segue.coordinator.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which waiting task goes to which worker now. Pure.
 *
 * <ul>
 *   <li>The next task is the largest of the broker that leads the fewest targets under way, so that no broker is written to
 *       by all while others idle, and a skewed partition begins first and holds up nothing.
 *   <li>It goes to the worker with a free slot that would be done first with all its bytes and these: a slow worker gets
 *       fewer and smaller tasks.
 *   <li>While a slot is free, no task waits: what is slow frees its slots seldom, and so gets less.
 * </ul>
 */
final class Assignment {
    /** A worker counts as at least this part of the fastest: what was seen of it may have been a bad moment. */
    private static final double SLOWEST = 0.25;

    private final List<Load> loads;
    private final Map<Integer, Deque<Candidate>> waiting = new HashMap<>();
    private final Map<Integer, Integer> underWay;

    /** @param leader broker that leads the task's target partition */
    record Candidate(String taskId, long weight, int leader) {}

    /**
     * @param free slots
     * @param speed bytes per second, 0 where not known
     * @param bytes weight of what it has of this job
     */
    record Worker(String id, int free, long speed, long bytes) {}

    record Grant(String taskId, String workerId) {}

    /** A worker and what the plan gives to it. */
    private static final class Load {
        final String id;
        final double speed;
        int free;
        double bytes;

        Load(Worker worker, double fastest) {
            this.id = worker.id();
            this.free = worker.free();
            this.bytes = worker.bytes();
            this.speed = worker.speed() == 0 ? fastest : Math.max((double) worker.speed(), SLOWEST * fastest);
        }

        double doneWith(long weight) {
            return (bytes + weight) / speed;
        }
    }

    private Assignment(List<Candidate> candidates, List<Worker> workers, Map<Integer, Integer> underWay) {
        double fastest =
                Math.max(1, workers.stream().mapToLong(Worker::speed).max().orElse(1));
        this.loads = workers.stream().map(worker -> new Load(worker, fastest)).toList();
        this.underWay = new HashMap<>(underWay);
        candidates.stream()
                .sorted(Comparator.comparingLong(Candidate::weight).reversed())
                .forEach(task -> waiting.computeIfAbsent(task.leader(), id -> new ArrayDeque<>())
                        .add(task));
    }

    /**
     * @param candidates at least the {@code limit} largest of each leader, if there are so many; of equal ones the first
     *     goes first
     * @param underWay attempts by the broker that leads their target
     * @param limit of grants
     */
    static List<Grant> plan(
            List<Candidate> candidates, List<Worker> workers, Map<Integer, Integer> underWay, int limit) {
        Assignment assignment = new Assignment(candidates, workers, underWay);
        List<Grant> grants = new ArrayList<>();
        while (grants.size() < limit) {
            Optional<Grant> grant = assignment.next();
            if (grant.isEmpty()) {
                break;
            }
            grants.add(grant.get());
        }
        return grants;
    }

    private Optional<Grant> next() {
        Optional<Deque<Candidate>> queue = waiting.values().stream()
                .filter(tasks -> !tasks.isEmpty())
                .min(Comparator.<Deque<Candidate>>comparingInt(
                                tasks -> underWay.getOrDefault(tasks.getFirst().leader(), 0))
                        .thenComparing(tasks -> -tasks.getFirst().weight())
                        .thenComparing(tasks -> tasks.getFirst().leader()));
        if (queue.isEmpty()) {
            return Optional.empty();
        }
        Candidate task = queue.get().getFirst();
        Optional<Load> worker = loads.stream()
                .filter(load -> load.free > 0)
                .min(Comparator.<Load>comparingDouble(load -> load.doneWith(task.weight()))
                        .thenComparing(load -> -load.free)
                        .thenComparing(load -> load.id));
        worker.ifPresent(load -> {
            queue.get().removeFirst();
            underWay.merge(task.leader(), 1, Integer::sum);
            load.free--;
            load.bytes += task.weight();
        });
        return worker.map(load -> new Grant(task.taskId(), load.id));
    }
}
