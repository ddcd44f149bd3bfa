package io.segue.coordinator.dispatch;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.job.message.Messages.TaskProgress;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Workers that do what a script says as soon as they are told, and write it to the log of the task as workers do: what an
 * earlier attempt has mapped is not mapped again.
 */
public final class ScriptedWorkers implements Workers {
    /** What one attempt comes to. */
    @FunctionalInterface
    public interface Act {
        /** Returns what the attempt writes to the task's log. */
        List<TaskEvent> of(RestoreTask task, Granted grant);
    }

    private final JobStore jobs;
    private final Act unscripted;
    private final Map<String, Queue<Act>> scripts = new ConcurrentHashMap<>();
    private final List<RunTask> orders = new CopyOnWriteArrayList<>();
    private final List<RunTask> held = new CopyOnWriteArrayList<>();
    private Consumer<TaskOver> over = message -> {};
    private Consumer<TaskProgress> progress = message -> {};
    private int stops;
    private int followers;

    /** Workers that restore every record at once where no script says otherwise. */
    public ScriptedWorkers(JobStore jobs, InMemoryKafkaCluster target) {
        this.jobs = jobs;
        this.unscripted = restoring(target);
    }

    /** What the next attempts of a task come to, one after another. */
    public ScriptedWorkers next(String taskId, Act... acts) {
        scripts.computeIfAbsent(taskId, id -> new ConcurrentLinkedQueue<>()).addAll(List.of(acts));
        return this;
    }

    public static Act failing(boolean retryable) {
        return (task, grant) -> List.of(new TaskEvent.Failed(grant.attempt(), "b1/s1", "broken", retryable));
    }

    /** Ends without having written anything. */
    public static Act silent() {
        return (task, grant) -> List.of();
    }

    public static Act released() {
        return (task, grant) -> List.of(new TaskEvent.Released(grant.attempt(), "stopped on request"));
    }

    /** The worker does not take the order. */
    public static Act refusing() {
        return new Refusal();
    }

    /** The worker takes the order and is not heard of until {@link #endHeld}. */
    public static Act holding() {
        return new Hold();
    }

    private record Refusal() implements Act {
        @Override
        public List<TaskEvent> of(RestoreTask task, Granted grant) {
            throw new IllegalStateException("refused");
        }
    }

    private record Hold() implements Act {
        @Override
        public List<TaskEvent> of(RestoreTask task, Granted grant) {
            return List.of();
        }
    }

    private static Act restoring(InMemoryKafkaCluster target) {
        return (task, grant) -> {
            List<Run> runs = new ArrayList<>();
            long at = grant.base();
            for (SegmentRef segment : task.inputs().get(0).segments()) {
                runs.add(new Run(segment.startOffset(), at, segment.recordCount()));
                at += segment.recordCount();
            }
            TopicPartition to = task.target();
            target.log(to.topic(), to.partition(), 0, at);
            int attempt = grant.attempt();
            Fragment fragment = Fragment.of(task.sources().get(0), 0, runs, ReadPosition.start(1));
            return List.of(
                    new Attached(attempt, 1, (short) 0, grant.base() - 1, 0),
                    new Mapped(attempt, fragment),
                    new Sealed(attempt, task.records(), at, 0));
        };
    }

    @Override
    public List<String> ids() {
        return List.of("worker-1", "worker-2");
    }

    @Override
    public boolean run(String workerId, RunTask order) {
        orders.add(order);
        Queue<Act> script = scripts.getOrDefault(order.taskId(), new ConcurrentLinkedQueue<>());
        Act act = script.isEmpty() ? unscripted : script.remove();
        if (act instanceof Refusal) {
            return false;
        }
        if (act instanceof Hold) {
            held.add(order);
            return true;
        }
        EventLog<TaskEvent> log = jobs.taskLog(order.jobId(), order.taskId());
        RestoreTask task = jobs.page(order.jobId(), order.page()).tasks().stream()
                .filter(candidate -> candidate.id().equals(order.taskId()))
                .map(RestoreTask.class::cast)
                .findFirst()
                .orElseThrow();
        boolean mapped = log.events().stream().anyMatch(Mapped.class::isInstance);
        act.of(task, grant(log)).stream()
                .filter(event -> !(mapped && event instanceof Mapped))
                .forEach(log::append);
        progress.accept(new TaskProgress(order.jobId(), order.taskId(), task.records(), task.bytes()));
        end(order);
        return true;
    }

    private static Granted grant(EventLog<TaskEvent> log) {
        return log.events().stream()
                .filter(Granted.class::isInstance)
                .map(Granted.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** A message that an attempt has ended arrives, perhaps again. */
    public void end(RunTask order) {
        over.accept(new TaskOver(order.jobId(), order.taskId(), order.attempt()));
    }

    /** The attempts that were held end. */
    public void endHeld() {
        List<RunTask> ending = List.copyOf(held);
        held.clear();
        ending.forEach(this::end);
    }

    @Override
    public void stop(String jobId) {
        stops++;
        endHeld();
    }

    @Override
    public Subscription follow(String jobId, Consumer<TaskOver> onOver, Consumer<TaskProgress> onProgress) {
        over = onOver;
        progress = onProgress;
        followers++;
        return () -> followers--;
    }

    /** Every order, in the order in which they were given. */
    public List<RunTask> orders() {
        return orders;
    }

    public int stops() {
        return stops;
    }

    public int followers() {
        return followers;
    }
}
