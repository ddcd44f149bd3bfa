package io.segue.coordinator.fleet;

import io.segue.coordinator.dispatch.WorkerView;
import io.segue.protocol.job.message.Messages.Heartbeat;
import io.segue.protocol.job.message.Messages.Renewed;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the heartbeats of the fleet tell, and what the leader of one term makes of it: who is there, which slots are taken,
 * which attempts are leased. The one owner of slots and leases, shared by all jobs; it decides and does nothing else.
 * Every method returns at once and may be called by any thread, event loops too. A standby uses {@link #seen} and
 * {@link #workers} alone.
 */
public final class FleetView {
    /** A worker that is silent for so long gets no orders. */
    static final Duration SUSPECT_AFTER = Duration.ofSeconds(6);

    /** A worker that is silent for so long is not shown any more. */
    static final Duration GONE_AFTER = Duration.ofMinutes(10);

    private final Time time;
    private final int epoch;
    private final LeaseTable leases;
    private final Slots slots = new Slots();
    private final Map<String, Member> members = new TreeMap<>();
    private final Map<String, Integer> wanted = new TreeMap<>();
    private final Set<String> stopped = new HashSet<>();
    private final Sights sights;

    /** A worker; {@code heldBack}: it did not take an order since its last heartbeat. */
    private record Member(Heartbeat heartbeat, long seenAt, long seenWall, Speed speed, boolean heldBack) {}

    /** @param epoch of the leader; its term begins now */
    public FleetView(Time time, int epoch) {
        this(time, epoch, () -> {});
    }

    /** @param expired told once of every lease that ran out; must return at once */
    public FleetView(Time time, int epoch, Runnable expired) {
        this(time, epoch, time.nanos(), expired, false);
    }

    private FleetView(Time time, int epoch, long since, Runnable expired, boolean sightsNeeded) {
        this.sights = new Sights(sightsNeeded);
        this.time = time;
        this.epoch = epoch;
        this.leases = new LeaseTable(since, expired);
    }

    /**
     * Of a process that is leader and worker in one. What an earlier process ran, ended with it: nobody waits for its lease
     * to run out. Where the earlier one is not dead but frozen, the fence holds.
     */
    public static FleetView embedded(Time time) {
        return new FleetView(time, 1, time.nanos() - LeaseTable.LEASE.toNanos(), () -> {}, false);
    }

    /** Of a leader of other processes: a worker takes orders once it is known to see the store of the jobs. */
    public static FleetView ofFleet(Time time, int epoch, Runnable expired) {
        return new FleetView(time, epoch, time.nanos(), expired, true);
    }

    public int epoch() {
        return epoch;
    }

    /** Hears that a worker is there. */
    public synchronized void seen(Heartbeat heartbeat) {
        long now = time.nanos();
        Member before = members.get(heartbeat.workerId());
        Speed speed = (before == null ? Speed.UNKNOWN : before.speed()).after(heartbeat);
        members.put(heartbeat.workerId(), new Member(heartbeat, now, time.wallMillis(), speed, false));
        members.values().removeIf(member -> now - member.seenAt() > GONE_AFTER.toNanos() && forgotten(member));
        slots.listed(heartbeat.workerId(), heartbeat.running());
    }

    /** Hears that a worker is there, and renews the leases of what it runs. */
    public synchronized Renewed heartbeat(Heartbeat heartbeat) {
        seen(heartbeat);
        long now = time.nanos();
        leases.prune(now);
        return new Renewed(
                epoch,
                heartbeat.running().stream()
                        .filter(ref -> !leases.presented(ref, now))
                        .toList());
    }

    /** Jobs among those of a heartbeat whose attempts are to stop. */
    synchronized List<String> toStop(Heartbeat heartbeat) {
        return heartbeat.running().stream()
                .map(TaskRef::jobId)
                .filter(stopped::contains)
                .distinct()
                .toList();
    }

    public synchronized List<WorkerView> workers() {
        long now = time.nanos();
        return members.values().stream().map(member -> view(member, now)).toList();
    }

    private WorkerView view(Member member, long now) {
        Heartbeat last = member.heartbeat();
        WorkerView.State state = state(member, now);
        int free = state == WorkerView.State.READY && !member.heldBack()
                ? Math.max(0, last.slots() - slots.taken(last.workerId()))
                : 0;
        return new WorkerView(state, free, member.speed().allSlots(last.slots()), last, member.seenWall());
    }

    private WorkerView.State state(Member member, long now) {
        Heartbeat last = member.heartbeat();
        if (now - member.seenAt() > SUSPECT_AFTER.toNanos()) {
            return WorkerView.State.SUSPECT;
        }
        if (last.draining()) {
            return WorkerView.State.DRAINING;
        }
        return sights.sees(last.workerId(), last.health().since()) ? WorkerView.State.READY : WorkerView.State.BLIND;
    }

    private boolean forgotten(Member member) {
        sights.forget(member.heartbeat().workerId());
        return true;
    }

    /** Workers that are to be asked whether they see the store, with the time of their start. */
    synchronized Map<String, Long> toLookAt() {
        long now = time.nanos();
        Map<String, Long> due = new TreeMap<>();
        members.forEach((id, member) -> {
            long since = member.heartbeat().health().since();
            if (state(member, now) == WorkerView.State.BLIND && sights.due(id, since, now)) {
                due.put(id, since);
            }
        });
        return due;
    }

    /** A worker has said what it sees of the store; {@code trouble}: why it gets no orders, null if it does. */
    synchronized void answered(String workerId, long since, @Nullable String trouble) {
        sights.answered(workerId, since, trouble, time.nanos());
    }

    /** A worker did not say what it sees. */
    synchronized void silent(String workerId, long since, String trouble) {
        sights.silent(workerId, since, trouble, time.nanos());
    }

    /** Workers that get no orders because of what they see or do not say, with the reason: "worker ID it …". */
    public synchronized Map<String, String> leftOut() {
        Map<String, String> reasons = new TreeMap<>();
        members.forEach((id, member) ->
                sights.trouble(id, member.heartbeat().health().since()).ifPresent(reason -> reasons.put(id, reason)));
        return reasons;
    }

    /** See {@link io.segue.coordinator.dispatch.Workers#room}. */
    public synchronized int room(String jobId, int attempts) {
        wanted.put(jobId, attempts);
        List<WorkerView> ready = workers().stream().filter(WorkerView::ready).toList();
        int all = ready.stream().mapToInt(WorkerView::slots).sum();
        int free = ready.stream().mapToInt(WorkerView::free).sum();
        int share = (all + wanted.size() - 1) / wanted.size();
        boolean contested = wanted.entrySet().stream()
                .anyMatch(other ->
                        !other.getKey().equals(jobId) && other.getValue() > 0 && slots.takenBy(other.getKey()) < share);
        return Math.min(attempts, contested ? Math.min(free, Math.max(0, share - slots.takenBy(jobId))) : free);
    }

    /** See {@link io.segue.coordinator.dispatch.Workers#reserve}. */
    public synchronized boolean reserve(String workerId, TaskRef attempt) {
        Member member = members.get(workerId);
        if (member == null || view(member, time.nanos()).free() == 0) {
            return false;
        }
        slots.reserve(workerId, attempt);
        return true;
    }

    /** See {@link io.segue.coordinator.dispatch.Workers#cancel}. */
    public synchronized void cancel(TaskRef attempt) {
        slots.cancel(attempt);
    }

    /** The attempt's worker has it, or may have it: leased from now. */
    public synchronized void granted(TaskRef attempt) {
        leases.granted(attempt, time.nanos());
    }

    /** A worker did not take an order, or did not answer: no more for it until its next heartbeat. */
    public synchronized void holdBack(String workerId) {
        members.computeIfPresent(
                workerId,
                (id, member) ->
                        new Member(member.heartbeat(), member.seenAt(), member.seenWall(), member.speed(), true));
    }

    /** See {@link io.segue.coordinator.dispatch.Workers#adopt}. */
    public synchronized void adopt(TaskRef attempt) {
        leases.adopted(attempt);
    }

    public synchronized boolean leased(TaskRef attempt) {
        return leases.leased(attempt, time.nanos());
    }

    /** Its worker says that an attempt has ended: the slot is free, the lease stands until the log was read. */
    public synchronized void over(TaskRef attempt) {
        slots.free(attempt);
    }

    /** The attempt is over: neither slot nor lease. */
    public synchronized void end(TaskRef attempt) {
        slots.free(attempt);
        leases.ended(attempt);
    }

    /** A job's attempts are to stop, now and whenever one is presented. */
    public synchronized void stop(String jobId) {
        stopped.add(jobId);
    }

    /** A job is worked on. */
    public synchronized void open(String jobId) {
        stopped.remove(jobId);
        wanted.put(jobId, 0);
    }

    /** A job is not worked on any more. */
    public synchronized void close(String jobId) {
        wanted.remove(jobId);
        slots.forget(jobId);
        leases.forget(jobId);
    }
}
