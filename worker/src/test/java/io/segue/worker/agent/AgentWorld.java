package io.segue.worker.agent;

import io.segue.protocol.job.CheckTask;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskResult;
import io.segue.protocol.job.ValidationSpec;
import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.Accepted;
import io.segue.protocol.job.message.Messages.Heartbeat;
import io.segue.protocol.job.message.Messages.LeaderBeat;
import io.segue.protocol.job.message.Messages.Renewed;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.StopJob;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import io.segue.worker.jobs.JobAccess;
import io.segue.worker.jobs.JobUnavailableException;
import io.segue.worker.jobs.OpenJobs;
import io.segue.worker.jobs.TestingConfigs;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.Lease;
import io.segue.worker.task.Attempt;
import io.segue.worker.task.Attempts;
import io.segue.worker.task.TaskRunners;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A worker of two slots on an event bus in memory, its store, a leader, and tasks that run until they are told to end. */
final class AgentWorld implements AutoCloseable {
    static final String JOB = "validation-1";
    private static final String WORKER = "w-1";
    private static final String LEADER = "c-1";
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

    final ManualTime time = new ManualTime();
    final BlockingQueue<TaskOver> overs = new LinkedBlockingQueue<>();
    final WorkerAgent agent;

    private final Vertx vertx = Vertx.vertx();
    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final BlockingQueue<Heartbeat> heartbeats = new LinkedBlockingQueue<>();
    private final List<Attempt> begun = new CopyOnWriteArrayList<>();
    private final Set<String> ending = ConcurrentHashMap.newKeySet();
    private final Set<String> deaf = ConcurrentHashMap.newKeySet();
    private final Map<String, AttemptOver> failures = new ConcurrentHashMap<>();
    private final Set<TaskRef> revoked = ConcurrentHashMap.newKeySet();
    private volatile String unavailable = "";

    AgentWorld() {
        jobs.create(
                new JobFile(JOB, 0, new ValidationSpec("backup-1", "0f")),
                IntStream.range(0, 3)
                        .mapToObj(i -> new CheckTask("t-" + i, new TopicPartition("orders", i), List.of()))
                        .toList());
        OpenJobs open = new OpenJobs(jobs, this::config, storage -> new InMemoryObjectStore());
        TaskRunners runners = TaskRunners.none().with(CheckTask.class, this::run);
        agent = new WorkerAgent(vertx, WORKER, 2, new Attempts(WORKER, open, runners, time, end -> {}), time);
        vertx.eventBus()
                .<String>consumer(
                        Messages.WORKERS, message -> heartbeats.add(Messages.read(message.body(), Heartbeat.class)));
        vertx.eventBus()
                .<String>consumer(
                        Messages.overAddress(JOB), message -> overs.add(Messages.read(message.body(), TaskOver.class)));
    }

    private JobAccess config(String jobId) {
        if (!unavailable.isEmpty()) {
            throw new JobUnavailableException(unavailable);
        }
        return TestingConfigs.restore();
    }

    private TaskEvent run(CheckTask task, Attempt attempt) throws AttemptOver, InterruptedException {
        begun.add(attempt);
        while (!ending.contains(task.id())) {
            if (failures.containsKey(task.id())) {
                throw failures.get(task.id());
            }
            if (attempt.watch().stopRequested() && !deaf.contains(task.id())) {
                throw new AttemptOver.Stopped();
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return new TaskEvent.Done(
                attempt.journal().grant().attempt(), new TaskResult.Checked(0, 0, 0, List.of(), 0, 0));
    }

    /** From now on a task ends well. */
    void endTask(String task) {
        ending.add(task);
    }

    /** A task does not hear of stops. */
    void deaf(String task) {
        deaf.add(task);
    }

    void fails(String task, AttemptOver failure) {
        failures.put(task, failure);
    }

    void unavailable(String why) {
        unavailable = why;
    }

    EventLog<TaskEvent> log(String task) {
        return jobs.taskLog(JOB, task);
    }

    TaskEvent last(String task) {
        List<TaskEvent> events = log(task).events();
        return events.get(events.size() - 1);
    }

    void grant(String task, int attempt) {
        log(task).append(new Granted(attempt, WORKER, "", 0, 0));
    }

    boolean order(int epoch, String task, int attempt) {
        return order(new RunTask(epoch, JOB, task, 0, attempt));
    }

    boolean order(RunTask order) {
        return Messages.read(request(Messages.runAddress(WORKER), Messages.write(order)), Accepted.class)
                .accepted();
    }

    boolean stop(StopJob order) {
        return Messages.read(request(Messages.stopAddress(WORKER), Messages.write(order)), Accepted.class)
                .accepted();
    }

    /** What the worker says to something that is no order. */
    String sendRaw(String body) {
        Future<Message<String>> reply = vertx.eventBus().request(Messages.runAddress(WORKER), body);
        await("it is answered", reply::isComplete);
        return String.valueOf(reply.cause().getMessage());
    }

    private String request(String address, String body) {
        Future<Message<String>> reply = vertx.eventBus().request(address, body);
        await("it is answered", reply::isComplete);
        return reply.result().body();
    }

    /** A coordinator leads, from now on. */
    void lead(int epoch) {
        MessageConsumer<String> answers = vertx.eventBus()
                .consumer(
                        Messages.heartbeatAddress(LEADER),
                        message -> message.reply(Messages.write(new Renewed(epoch, new ArrayList<>(revoked)))));
        Future<Void> registered = answers.completion();
        await("it leads", registered::isComplete);
        vertx.eventBus().publish(Messages.LEADER, Messages.write(new LeaderBeat(epoch, LEADER, "")));
    }

    void revoke(TaskRef ref) {
        revoked.add(ref);
    }

    boolean held(Attempt attempt) {
        return attempt.lease().state() == Lease.State.HELD;
    }

    boolean revoked(Attempt attempt) {
        return attempt.lease().state() == Lease.State.REVOKED;
    }

    Heartbeat awaitHeartbeat(Predicate<Heartbeat> wanted) throws InterruptedException {
        while (true) {
            Heartbeat heartbeat = heartbeats.poll(20, TimeUnit.SECONDS);
            if (heartbeat == null) {
                throw new AssertionError("no such heartbeat");
            }
            if (wanted.test(heartbeat)) {
                return heartbeat;
            }
        }
    }

    int begun(String task) {
        return (int) begun.stream().filter(attempt -> isOf(attempt, task)).count();
    }

    private boolean isOf(Attempt attempt, String task) {
        return attempt.journal().grant().equals(newestGrant(task));
    }

    private Granted newestGrant(String task) {
        return log(task).events().stream()
                .filter(Granted.class::isInstance)
                .map(Granted.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** Waits until the attempt runs. */
    Attempt awaitBegun(String task, int number) {
        await(
                task + " begins",
                () -> begun.stream()
                        .anyMatch(attempt -> attempt.journal().grant().attempt() == number && isOf(attempt, task)));
        return begun.get(begun.size() - 1);
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within 20 s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        agent.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
