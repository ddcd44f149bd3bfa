package io.segue.worker.agent;

import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.Health;
import io.segue.protocol.job.message.Messages.Heartbeat;
import io.segue.protocol.job.message.Messages.LeaderBeat;
import io.segue.protocol.job.message.Messages.Renewed;
import io.segue.protocol.time.Time;
import io.segue.worker.lease.Lease;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the fleet that this worker is there: a heartbeat every second, published for everybody, and to the leader, whose
 * answer renews the leases of what runs. Without a leader it goes on showing itself; so the next one finds what runs here.
 */
final class Presence implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    /** An answer that takes longer renews too little to be worth waiting for. */
    private static final long ANSWER_MS = 5_000;

    private final Vertx vertx;
    private final String workerId;
    private final int slots;
    private final Orders orders;
    private final Throughput throughput;
    private final Time time;
    private final long since;
    private final MessageConsumer<String> beats;
    private final long timer;
    private final AtomicReference<@Nullable LeaderBeat> leader = new AtomicReference<>();
    private volatile @Nullable Long answeredAt;

    Presence(Vertx vertx, String workerId, int slots, Orders orders, WorkerCounts counts, Time time) {
        this.vertx = vertx;
        this.workerId = workerId;
        this.slots = slots;
        this.orders = orders;
        this.throughput = new Throughput(counts);
        this.time = time;
        this.since = time.wallMillis();
        this.beats = vertx.eventBus().consumer(Messages.LEADER, this::onLeader);
        this.timer = vertx.setPeriodic(INTERVAL.toMillis(), id -> beat());
    }

    private void onLeader(Message<String> message) {
        LeaderBeat beat = Messages.read(message.body(), LeaderBeat.class);
        if (orders.follows(beat.epoch())) {
            LeaderBeat before = leader.getAndSet(beat);
            if (before == null || before.epoch() != beat.epoch()) {
                LOG.info("event=leader coordinator={} epoch={}", beat.coordinatorId(), beat.epoch());
                beat();
            }
        }
    }

    /** One heartbeat; never blocks. */
    void beat() {
        Orders.Presented presented = orders.present();
        String heartbeat = Messages.write(
                new Heartbeat(workerId, slots, presented.draining(), presented.running(), health(presented)));
        vertx.eventBus().publish(Messages.WORKERS, heartbeat);
        LeaderBeat known = leader.get();
        if (known != null) {
            vertx.eventBus()
                    .<String>request(
                            Messages.heartbeatAddress(known.coordinatorId()),
                            heartbeat,
                            new DeliveryOptions().setSendTimeout(ANSWER_MS))
                    .onSuccess(reply -> onAnswer(presented, reply))
                    .onFailure(cause -> LOG.debug("no answer from coordinator={}", known.coordinatorId(), cause));
        }
    }

    private void onAnswer(Orders.Presented presented, Message<String> reply) {
        orders.answered(presented, Messages.read(reply.body(), Renewed.class));
        answeredAt = presented.sentAt().nanos();
    }

    private Health health(Orders.Presented presented) {
        Runtime runtime = Runtime.getRuntime();
        return new Health(
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory(),
                throughput.bytesPerSecond(presented.sentAt().nanos()),
                since);
    }

    /** True if a leader answered within the last lease. */
    boolean led() {
        Long at = answeredAt;
        return at != null && time.nanos() - at < Lease.TERM.toNanos();
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        beats.unregister();
    }
}
