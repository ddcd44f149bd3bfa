package io.segue.coordinator.dispatch;

import io.segue.coordinator.fleet.FleetView;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.job.message.Messages.Health;
import io.segue.protocol.job.message.Messages.Heartbeat;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.job.message.Messages.TaskOver;
import io.segue.protocol.job.message.Messages.TaskProgress;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.time.ManualTime;
import io.segue.protocol.time.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Workers, seen by a real {@link FleetView}, that do what a script says as soon as they are told, and write it to the log of the task as workers do: what an
 * earlier attempt has mapped is not mapped again.
 */
public final class ScriptedWorkers implements Workers {
    /** What one attempt comes to. */
    @FunctionalInterface
    public interface Act {
        /** Returns what the attempt writes to the task's log. */
        List<TaskEvent> of(JobTask task, Granted grant);
    }

    private static final int SLOTS = 8;

    private final JobStore jobs;
    private final FleetView view;
    private final Act unscripted;
    private final Map<String, Queue<Act>> scripts = new ConcurrentHashMap<>();
    private final Map<Integer, Runnable> atBeat = new ConcurrentHashMap<>();
    private final Map<String, Set<TaskRef>> living = new ConcurrentSkipListMap<>();
    /** Of the only job that a test has under way. */
    private final Map<String, JobStore.PlanPage> pages = new ConcurrentHashMap<>();

    private final Map<String, Set<TaskRef>> vanished = new HashMap<>();
    private final Set<String> lacking = ConcurrentHashMap.newKeySet();
    private boolean mapsOnce = true;
    private final List<RunTask> orders = new CopyOnWriteArrayList<>();
    private final Set<TaskRef> revoked = ConcurrentHashMap.newKeySet();
    private Consumer<TaskOver> over = message -> {};
    private Consumer<TaskProgress> progress = message -> {};
    private long told = -1;
    private int beats;
    private int stops;
    private int followers;

    /** Workers that restore every record at once where no script says otherwise, embedded, on clocks that stand still. */
    public ScriptedWorkers(JobStore jobs, InMemoryKafkaCluster target) {
        this(jobs, restoring(target), new ManualTime());
    }

    /** @param time of the leases */
    public ScriptedWorkers(JobStore jobs, InMemoryKafkaCluster target, Time time) {
        this(jobs, restoring(target), new FleetView(time, 1));
    }

    /**
     * Embedded ones.
     *
     * @param unscripted what attempts come to where no script says otherwise
     */
    public ScriptedWorkers(JobStore jobs, Act unscripted, Time time) {
        this(jobs, unscripted, FleetView.embedded(time));
    }

    private ScriptedWorkers(JobStore jobs, Act unscripted, FleetView view) {
        this.jobs = jobs;
        this.view = view;
        this.unscripted = unscripted;
        living.put("worker-1", ConcurrentHashMap.newKeySet());
        living.put("worker-2", ConcurrentHashMap.newKeySet());
        beat();
    }

    /** Every worker that lives shows itself, and what it runs; then happens what was to happen at this beat. */
    private void beat() {
        living.forEach((id, running) -> revoked.addAll(
                view.heartbeat(new Heartbeat(id, SLOTS, false, List.copyOf(running), new Health(0, 1, 0, 0)))
                        .revoked()));
        Runnable due = atBeat.remove(++beats);
        if (due != null) {
            due.run();
        }
    }

    /** Something happens at a later beat; there is one in each round of a dispatch. */
    public void inBeats(int count, Runnable event) {
        atBeat.put(beats + count, event);
    }

    /** A worker runs an attempt that this leader did not order. */
    public void runs(String worker, TaskRef attempt) {
        Objects.requireNonNull(living.get(worker)).add(attempt);
    }

    /** A worker is not heard of any more, but goes on. */
    public void vanish(String worker) {
        vanished.put(worker, Objects.requireNonNull(living.remove(worker)));
    }

    /** Those that vanished are heard of again, with what they ran. */
    public void comeBack() {
        living.putAll(vanished);
        vanished.clear();
    }

    /** The worker that runs an attempt at a task. */
    public String workerOf(String taskId) {
        return living.entrySet().stream()
                .filter(worker ->
                        worker.getValue().stream().anyMatch(ref -> ref.taskId().equals(taskId)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** What attempts map is written whatever earlier ones mapped. */
    public void mapsEveryTime() {
        mapsOnce = false;
    }

    /** Attempts of which their workers were told that they are not theirs any more. */
    public Set<TaskRef> revoked() {
        return revoked;
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

    private static Act declining() {
        return (task, grant) -> List.of(new TaskEvent.Declined(grant.attempt(), grant.worker(), "set SECRET"));
    }

    /** A worker lacks a variable of the configuration. */
    void lacks(String worker) {
        lacking.add(worker);
    }

    /** The worker does not take the order. */
    public static Act refusing() {
        return new Refusal();
    }

    /** The worker takes the order, does what another act says, and the answer does not arrive. */
    public static Act unanswered(Act act) {
        return new Unanswered(act);
    }

    /** The worker takes the order and runs it until {@link #endHeld}. */
    public static Act holding() {
        return new Hold();
    }

    private record Refusal() implements Act {
        @Override
        public List<TaskEvent> of(JobTask task, Granted grant) {
            throw new IllegalStateException("refused");
        }
    }

    private record Unanswered(Act act) implements Act {
        @Override
        public List<TaskEvent> of(JobTask task, Granted grant) {
            return act.of(task, grant);
        }
    }

    private record Hold() implements Act {
        @Override
        public List<TaskEvent> of(JobTask task, Granted grant) {
            return List.of();
        }
    }

    private static Act restoring(InMemoryKafkaCluster target) {
        return (any, grant) -> {
            RestoreTask task = (RestoreTask) any;
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
    public List<WorkerView> workers() {
        return view.workers();
    }

    @Override
    public int room(String jobId, int wanted) {
        beat();
        return view.room(jobId, wanted);
    }

    @Override
    public boolean reserve(String workerId, TaskRef attempt) {
        return view.reserve(workerId, attempt);
    }

    @Override
    public void cancel(TaskRef attempt) {
        view.cancel(attempt);
    }

    @Override
    public void end(TaskRef attempt) {
        view.end(attempt);
    }

    @Override
    public void adopt(TaskRef attempt) {
        view.adopt(attempt);
    }

    @Override
    public void honour(TaskRef attempt) {
        view.granted(attempt);
    }

    @Override
    public boolean leased(TaskRef attempt) {
        return view.leased(attempt);
    }

    @Override
    public Answer run(String workerId, TaskRef attempt, int page) {
        RunTask order = new RunTask(1, attempt.jobId(), attempt.taskId(), page, attempt.attempt());
        orders.add(order);
        Queue<Act> script = scripts.getOrDefault(order.taskId(), new ConcurrentLinkedQueue<>());
        Act act = lacking.contains(workerId) ? declining() : script.isEmpty() ? unscripted : script.remove();
        if (act instanceof Refusal) {
            view.holdBack(workerId);
            return Answer.REFUSED;
        }
        view.granted(attempt);
        runs(workerId, attempt);
        if (act instanceof Unanswered unanswered) {
            carryOut(order, unanswered.act());
            return Answer.UNKNOWN;
        }
        carryOut(order, act);
        return Answer.ACCEPTED;
    }

    /** A process that dies takes its worker with it. */
    private void carryOut(RunTask order, Act act) {
        boolean alive = false;
        try {
            act(order, act);
            alive = true;
        } finally {
            if (!alive) {
                living.values().forEach(running -> running.remove(order.ref()));
            }
        }
    }

    /** However many records a task has, its worker says that it moved so many. */
    void tells(long records) {
        told = records;
    }

    private void act(RunTask order, Act act) {
        if (act instanceof Hold) {
            return;
        }
        EventLog<TaskEvent> log = jobs.taskLog(order.jobId(), order.taskId());
        JobTask task = pages
                .computeIfAbsent(order.jobId() + order.page(), page -> jobs.page(order.jobId(), order.page()))
                .tasks()
                .stream()
                .filter(candidate -> candidate.id().equals(order.taskId()))
                .findFirst()
                .orElseThrow();
        boolean mapped = mapsOnce && TaskEvent.current(log.events()).stream().anyMatch(Mapped.class::isInstance);
        act.of(task, grant(log)).stream()
                .filter(event -> !(mapped && event instanceof Mapped))
                .forEach(log::append);
        long records = told >= 0 ? told : task instanceof RestoreTask restore ? restore.records() : task.weight();
        progress.accept(new TaskProgress(order.jobId(), order.taskId(), records, task.weight()));
        end(order);
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
        living.values().forEach(running -> running.remove(order.ref()));
        view.over(order.ref());
        over.accept(new TaskOver(order.jobId(), order.taskId(), order.attempt()));
    }

    /** The attempts that were held end. */
    public void endHeld() {
        living.values().stream()
                .flatMap(Set::stream)
                .toList()
                .forEach(ref -> end(new RunTask(1, ref.jobId(), ref.taskId(), 0, ref.attempt())));
    }

    /** The attempts that were held end, and nobody hears of it. */
    public void forgetHeld() {
        living.values().forEach(Set::clear);
    }

    @Override
    public void stop(String jobId) {
        stops++;
        view.stop(jobId);
        endHeld();
    }

    @Override
    public Subscription follow(String jobId, Consumer<TaskOver> onOver, Consumer<TaskProgress> onProgress) {
        over = onOver;
        progress = onProgress;
        followers++;
        view.open(jobId);
        return () -> {
            followers--;
            view.close(jobId);
        };
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
