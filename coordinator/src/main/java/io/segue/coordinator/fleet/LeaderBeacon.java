package io.segue.coordinator.fleet;

import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.LeaderBeat;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/** Shows the fleet who leads, at once and every second until closed. */
public final class LeaderBeacon implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Supplier<LeaderBeat> beat;
    private final long timer;

    public LeaderBeacon(Vertx vertx, Supplier<LeaderBeat> beat) {
        this.vertx = vertx;
        this.beat = beat;
        publish();
        this.timer = vertx.setPeriodic(INTERVAL.toMillis(), id -> publish());
    }

    private void publish() {
        vertx.eventBus().publish(Messages.LEADER, Messages.write(beat.get()));
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
