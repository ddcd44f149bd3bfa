package io.segue.coordinator.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.Assignment.Candidate;
import io.segue.coordinator.dispatch.Assignment.Grant;
import io.segue.coordinator.dispatch.Assignment.Worker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static List<String> tasks(List<Grant> grants) {
        return grants.stream().map(Grant::taskId).toList();
    }

    private static Map<String, Long> perWorker(List<Grant> grants) {
        return grants.stream().collect(Collectors.groupingBy(Grant::workerId, Collectors.counting()));
    }

    private static List<Candidate> equal(int count, int leaders) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Candidate("t-" + i, 100, i % leaders))
                .toList();
    }

    @Test
    void theLargestGoesFirstAndEqualOnesAsTheyCome() {
        List<Candidate> waiting = List.of(
                new Candidate("small", 1, 0),
                new Candidate("first", 5, 0),
                new Candidate("second", 5, 0),
                new Candidate("large", 9, 0));

        assertEquals(
                List.of("large", "first", "second"),
                tasks(Assignment.plan(waiting, List.of(new Worker("w", 3, 0, 0)), Map.of(), 9)));
    }

    @Test
    void leadersTakeTurnsByWhatIsUnderWay() {
        List<Grant> grants = Assignment.plan(equal(12, 3), List.of(new Worker("w", 5, 0, 0)), Map.of(0, 4, 1, 1), 5);

        Map<Integer, Long> byLeader = grants.stream()
                .map(grant -> Integer.parseInt(grant.taskId().substring(2)) % 3)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertEquals(Map.of(1, 2L, 2, 3L), byLeader, "broker 0 is written to enough already");
    }

    /** One partition holds nearly everything: it begins at once, and every other slot goes on with the rest. */
    @Test
    void aSkewedPartitionHoldsUpNothing() {
        List<Candidate> waiting = new ArrayList<>(equal(20, 1));
        waiting.add(new Candidate("giant", 1_000_000, 0));
        List<Worker> workers = List.of(new Worker("w-1", 2, 10, 0), new Worker("w-2", 2, 10, 0));

        List<Grant> grants = Assignment.plan(waiting, workers, Map.of(), 10);

        assertEquals(4, grants.size());
        assertEquals("giant", grants.get(0).taskId());
        assertEquals(
                4,
                Assignment.plan(
                                equal(20, 1),
                                List.of(new Worker("w-1", 1, 10, 1_000_000), new Worker("w-2", 3, 10, 300)),
                                Map.of(0, 4),
                                10)
                        .size(),
                "the giant's worker gets others beside it");
    }

    @Test
    void bytesAreSpreadOverWorkers() {
        List<Candidate> waiting = List.of(
                new Candidate("a", 100, 0),
                new Candidate("b", 60, 1),
                new Candidate("c", 50, 2),
                new Candidate("d", 10, 3));
        List<Worker> workers = List.of(new Worker("w-1", 4, 0, 0), new Worker("w-2", 4, 0, 0));

        assertEquals(
                List.of(new Grant("a", "w-1"), new Grant("b", "w-2"), new Grant("c", "w-2"), new Grant("d", "w-1")),
                Assignment.plan(waiting, workers, Map.of(), 10));
    }

    @Test
    void aSlowWorkerGetsLess() {
        List<Worker> workers =
                List.of(new Worker("slow", 20, 20, 0), new Worker("fast", 20, 80, 0), new Worker("new", 20, 0, 0));

        Map<String, Long> grants = perWorker(Assignment.plan(equal(18, 3), workers, Map.of(), 100));

        assertEquals(Map.of("slow", 2L, "fast", 8L, "new", 8L), grants);
    }

    /** Of one bad moment nobody is left out for ever. */
    @Test
    void aWorkerThatWasSeenToStandStillStillGetsSomething() {
        List<Worker> workers = List.of(new Worker("still", 20, 1, 0), new Worker("fast", 20, 1_000_000, 0));

        assertEquals(Map.of("still", 2L, "fast", 8L), perWorker(Assignment.plan(equal(10, 1), workers, Map.of(), 100)));
    }

    @Test
    void whateverTheFleetNoSlotIdlesWhileATaskWaits() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<Candidate> waiting = IntStream.range(0, random.nextInt(40))
                    .mapToObj(i -> new Candidate(
                            "t-" + i, (long) Math.pow(10, random.nextInt(12)) * random.nextInt(9), random.nextInt(4)))
                    .toList();
            List<Worker> workers = IntStream.range(0, random.nextInt(6))
                    .mapToObj(i -> new Worker(
                            "w-" + i, random.nextInt(8), random.nextInt(3) * 1_000L, random.nextInt(100_000)))
                    .toList();
            Map<Integer, Integer> underWay = new HashMap<>();
            IntStream.range(0, random.nextInt(5)).forEach(i -> underWay.put(i, random.nextInt(9)));
            int limit = random.nextInt(50);

            List<Grant> grants = Assignment.plan(waiting, workers, underWay, limit);

            int free = workers.stream().mapToInt(Worker::free).sum();
            String world = "seed " + seed;
            assertEquals(Math.min(limit, Math.min(free, waiting.size())), grants.size(), world);
            assertEquals(grants.size(), new HashSet<>(tasks(grants)).size(), world);
            Map<String, Long> given = perWorker(grants);
            workers.forEach(worker -> assertTrue(given.getOrDefault(worker.id(), 0L) <= worker.free(), world));
            requireEvenLeaders(waiting, underWay, grants, world);
            requireLargestFirst(waiting, grants, world);
        }
    }

    /** No leader gets a task while another, with fewer under way, has one waiting. */
    private static void requireEvenLeaders(
            List<Candidate> waiting, Map<Integer, Integer> underWay, List<Grant> grants, String world) {
        Map<String, Candidate> left = waiting.stream().collect(Collectors.toMap(Candidate::taskId, task -> task));
        Map<Integer, Integer> now = new HashMap<>(underWay);
        for (Grant grant : grants) {
            int leader = Objects.requireNonNull(left.remove(grant.taskId())).leader();
            int its = now.getOrDefault(leader, 0);
            assertTrue(left.values().stream().allMatch(task -> now.getOrDefault(task.leader(), 0) >= its), world);
            now.merge(leader, 1, Integer::sum);
        }
    }

    private static void requireLargestFirst(List<Candidate> waiting, List<Grant> grants, String world) {
        Map<String, Candidate> byId = waiting.stream().collect(Collectors.toMap(Candidate::taskId, task -> task));
        Map<Integer, Long> last = new HashMap<>();
        for (Grant grant : grants) {
            Candidate task = Objects.requireNonNull(byId.get(grant.taskId()));
            assertTrue(task.weight() <= last.getOrDefault(task.leader(), Long.MAX_VALUE), world);
            last.put(task.leader(), task.weight());
        }
    }
}
