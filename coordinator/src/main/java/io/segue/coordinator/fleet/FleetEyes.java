package io.segue.coordinator.fleet;

import io.segue.coordinator.dispatch.WorkerView;
import io.segue.coordinator.jobs.Jobs.Readiness;
import io.segue.coordinator.jobs.StoredJobs.FleetSight;
import io.segue.protocol.job.LeaderClaims;
import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.Heartbeat;
import io.segue.protocol.job.message.Messages.LeaderBeat;
import io.segue.protocol.job.view.FleetReport;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Time;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What any coordinator, leader or not, hears of the fleet. */
public final class FleetEyes implements FleetSight, AutoCloseable {
    private static final Duration LEADER_GONE = Duration.ofSeconds(8);

    private final String coordinatorId;
    private final Time time;
    private final FleetView view;
    private final LeaderClaims claims;
    private final BooleanSupplier joined;
    private final LongAdder expiries = new LongAdder();
    private final MessageConsumer<String> beats;
    private final MessageConsumer<String> heartbeats;
    private volatile @Nullable Heard leader;

    private record Heard(LeaderBeat beat, long at) {}

    /** @param joined whether this process is a member of the cluster */
    public FleetEyes(Vertx vertx, String coordinatorId, Time time, LeaderClaims claims, BooleanSupplier joined) {
        this.coordinatorId = coordinatorId;
        this.time = time;
        this.view = new FleetView(time, 0);
        this.claims = claims;
        this.joined = joined;
        this.beats = vertx.eventBus()
                .consumer(Messages.LEADER, message -> beat(Messages.read(message.body(), LeaderBeat.class)));
        this.heartbeats = vertx.eventBus()
                .consumer(Messages.WORKERS, message -> view.seen(Messages.read(message.body(), Heartbeat.class)));
    }

    private void beat(LeaderBeat beat) {
        Heard known = leader;
        if (known == null || beat.epoch() >= known.beat().epoch()) {
            leader = new Heard(beat, time.nanos());
        }
    }

    private Optional<LeaderBeat> leader() {
        Heard known = leader;
        return known == null || time.nanos() - known.at() > LEADER_GONE.toNanos()
                ? Optional.empty()
                : Optional.of(known.beat());
    }

    /** A lease ran out while this coordinator led. */
    public void expired() {
        expiries.increment();
    }

    @Override
    public FleetReport report(FleetReport.Activity activity) {
        Map<String, String> leftOut = leader().map(LeaderBeat::leftOut).orElse(Map.of());
        return new FleetReport(
                FleetReport.VERSION,
                coordinatorId,
                leader().map(beat -> new FleetReport.Leader(beat.coordinatorId(), beat.epoch(), beat.api()))
                        .orElse(null),
                view.workers().stream().map(worker -> worker(worker, leftOut)).toList(),
                activity.withLeaseExpiries(expiries.sum()));
    }

    /** @param leftOut what the leader says of workers that it gives no orders */
    private FleetReport.Worker worker(WorkerView worker, Map<String, String> leftOut) {
        String reason = leftOut.get(worker.id());
        FleetReport.Condition condition = switch (worker.state()) {
            case READY -> reason == null ? FleetReport.Condition.READY : FleetReport.Condition.BLIND;
            case BLIND -> FleetReport.Condition.BLIND;
            case DRAINING -> FleetReport.Condition.DRAINING;
            case SUSPECT -> FleetReport.Condition.SUSPECT;
        };
        return new FleetReport.Worker(
                worker.id(),
                condition,
                condition == FleetReport.Condition.BLIND ? reason : null,
                worker.slots(),
                worker.heartbeat().running().size(),
                worker.heartbeat().health().bytesPerSecond(),
                Math.max(0, time.wallMillis() - worker.lastSeen()));
    }

    @Override
    public Readiness readiness() {
        return new Readiness(joined.getAsBoolean(), storeAnswers(), leader().isPresent());
    }

    private boolean storeAnswers() {
        try {
            claims.newest();
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    @Override
    public void close() {
        beats.unregister();
        heartbeats.unregister();
    }
}
