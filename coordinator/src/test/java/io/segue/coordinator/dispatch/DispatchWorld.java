package io.segue.coordinator.dispatch;

import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.InMemoryObjectStore.Moment;
import io.segue.protocol.store.InMemoryObjectStore.Operation;
import io.segue.protocol.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** A job, two workers that do as they are told, and clocks that pass whenever somebody looks. */
abstract class DispatchWorld implements DispatchListener {
    static final String JOB = "restore-1";
    static final long LEASE = Duration.ofSeconds(10).toNanos();

    /** Puts of keys with this in them fail so often, before anything is done. */
    String failing = "none";

    int failures;

    final JobStore jobs = new JobStore(new InMemoryObjectStore(this::strike));
    final PassingTime time = new PassingTime(Duration.ofMillis(20));
    final ScriptedWorkers workers = new ScriptedWorkers(jobs, new InMemoryKafkaCluster("target-cluster"), time);
    final AtomicBoolean stopped = new AtomicBoolean();
    long progress;
    final List<String> counts = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    int atATime = 2;

    Map<String, List<TaskEvent>> run(int count) throws InterruptedException {
        List<RestoreTask> tasks =
                IntStream.range(0, count).mapToObj(DispatchWorld::task).toList();
        Map<String, Destination> destinations = new HashMap<>();
        tasks.forEach(task -> destinations.put(task.id(), new Destination("topic-id", 40, -1)));
        for (int page = 0; page * JobStore.PAGE < count; page++) {
            jobs.writeDocument(
                    JOB,
                    "plan/" + String.format("%05d", page) + ".json",
                    new JobStore.PlanPage(
                            1,
                            List.copyOf(
                                    tasks.subList(page * JobStore.PAGE, Math.min(count, (page + 1) * JobStore.PAGE)))));
        }
        return dispatch().run(tasks, destinations, this);
    }

    @Override
    public void advanced(long records, long bytes) {
        progress += records;
    }

    @Override
    public void said(String line) {
        lines.add(line);
    }

    @Override
    public void tasks(int total, int done, int running, int failed) {
        counts.add(total + ": " + done + " done, " + running + " running, " + failed + " failed");
    }

    private void strike(Moment moment, Operation operation, String key) {
        boolean puts = operation == Operation.PUT_IF_ABSENT || operation == Operation.SIZE;
        if (puts && moment == Moment.BEFORE && failures > 0 && key.contains(failing)) {
            failures--;
            throw new StoreException.Unavailable("no answer", null);
        }
    }

    /** Every step on the store is done at once, by the thread that decides. */
    Dispatch dispatch() {
        StoreSteps steps = new StoreSteps(Runnable::run, Duration.ZERO);
        return new Dispatch(JOB, jobs, workers, time, atATime, stopped::get, steps);
    }

    static RestoreTask task(int number) {
        TopicPartition partition = new TopicPartition("t", number);
        return RestoreTask.of("t-" + number, partition, partition, List.of(new SegmentRef("s", 0, 9, 10, 5)), 10, 5);
    }

    List<Integer> attemptsOf(int number) {
        return workers.orders().stream()
                .filter(order -> order.taskId().equals("t-" + number))
                .map(RunTask::attempt)
                .toList();
    }

    static TaskStanding standing(Map<String, List<TaskEvent>> ended, int number) {
        return TaskStanding.of(ended.getOrDefault("t-" + number, List.of()));
    }
}
