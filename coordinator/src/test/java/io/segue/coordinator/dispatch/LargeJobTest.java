package io.segue.coordinator.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.TaskStanding.Succeeded;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What ten thousand small tasks cost the coordinator, where every request to the store takes long: how many requests, and
 * how many rounds of them, if as many steps as the pool has threads go on in each round.
 */
class LargeJobTest {
    private static final String JOB = "restore-1";
    private static final int TASKS = 10_000;
    private static final int SLOTS = 16;

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final Map<String, Integer> requests = new TreeMap<>();
    private final ScriptedWorkers workers =
            new ScriptedWorkers(new JobStore(store), new InMemoryKafkaCluster("target-cluster"));
    private final Rounds rounds = new Rounds();

    /** A pool in which the steps of a round take the same time. */
    private final class Rounds implements Executor {
        private final Deque<Runnable> steps = new ArrayDeque<>();
        int count;

        @Override
        public void execute(Runnable step) {
            steps.add(step);
        }

        void next() {
            count += steps.isEmpty() ? 0 : 1;
            for (int i = Math.min(StoreSteps.THREADS, steps.size()); i > 0; i--) {
                steps.remove().run();
            }
            workers.inBeats(1, this::next);
        }
    }

    /** The coordinator's own way to the store; the workers have another. */
    private ObjectStore counted() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    requests.merge(method.getName(), 1, Integer::sum);
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Map<String, List<TaskEvent>> run() throws InterruptedException {
        List<RestoreTask> tasks = IntStream.range(0, TASKS)
                .mapToObj(number -> {
                    TopicPartition partition = new TopicPartition("topic-" + number / 10, number % 10);
                    List<SegmentRef> segments = List.of(new SegmentRef("s", 0, 9, 10, 5));
                    return RestoreTask.of("t-" + number, partition, partition, segments, 10, 5);
                })
                .toList();
        JobStore planned = new JobStore(store);
        for (int page = 0; page * JobStore.PAGE < TASKS; page++) {
            List<RestoreTask> some = tasks.subList(page * JobStore.PAGE, (page + 1) * JobStore.PAGE);
            planned.writeDocument(
                    JOB, "plan/" + String.format("%05d", page) + ".json", new JobStore.PlanPage(1, List.copyOf(some)));
        }
        Map<String, Destination> destinations = tasks.stream()
                .collect(Collectors.toMap(
                        RestoreTask::id,
                        task -> new Destination("id", 0, task.target().partition() % 3)));
        workers.inBeats(1, rounds::next);
        return new Dispatch(
                        JOB,
                        new JobStore(counted()),
                        workers,
                        new PassingTime(Duration.ofMillis(1)),
                        SLOTS,
                        () -> false,
                        new StoreSteps(rounds, Duration.ZERO))
                .run(tasks, destinations, new DispatchWorld() {});
    }

    private static long succeeded(Map<String, List<TaskEvent>> ended) {
        return ended.values().stream()
                .filter(events -> TaskStanding.of(events) instanceof Succeeded)
                .count();
    }

    @Test
    void fiveRequestsForEachTaskAsManyAtATimeAsThereAreSlots() throws InterruptedException {
        assertEquals(TASKS, succeeded(run()));

        assertEquals(
                Map.of("list", 1, "putIfAbsent", TASKS, "read", 4 * TASKS),
                requests,
                "a grant; then attach, fragment, seal, and nothing behind it");
        assertTrue(rounds.count <= 2 * TASKS / SLOTS + 10, rounds.count + " rounds: slots were idle");
    }

    /** A new leader begins with what nobody has begun while it still reads thousands of logs. */
    @Test
    void whatIsDoneIsReadBesideNewGrants() throws InterruptedException {
        JobStore planned = new JobStore(store);
        for (int i = 0; i < TASKS - 100; i++) {
            planned.unreadTaskLog(JOB, "t-" + i).append(new TaskEvent.Sealed(1, 10, 10, 0));
        }
        int[] roundOfLastOrder = {0};
        workers.next("t-" + (TASKS - 1), (task, grant) -> {
            roundOfLastOrder[0] = rounds.count;
            return List.of(new TaskEvent.Sealed(grant.attempt(), 10, 10, 0));
        });

        assertEquals(TASKS, succeeded(run()));

        assertTrue(roundOfLastOrder[0] <= 20, "ordered in round " + roundOfLastOrder[0]);
        assertTrue(rounds.count <= TASKS / 16 + 20, rounds.count + " rounds");
        assertEquals(TASKS - 100 + 1, requests.get("list"));
    }
}
