package io.segue.cli.engine;

import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.LeaderBeat;
import io.segue.protocol.job.message.Messages.Renewed;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;

/** Leads the one worker of this process: shows itself and renews every lease, as long as the process lives. */
final class LocalLeader implements AutoCloseable {
    private static final int EPOCH = 1;
    private static final String ID = "embedded";
    private static final long INTERVAL_MS = 1_000;

    private final Vertx vertx;
    private final long timer;
    private final MessageConsumer<String> heartbeats;

    LocalLeader(Vertx vertx) {
        this.vertx = vertx;
        this.heartbeats = vertx.eventBus()
                .consumer(
                        Messages.heartbeatAddress(ID),
                        message -> message.reply(Messages.write(new Renewed(EPOCH, List.of()))));
        this.timer = vertx.setPeriodic(INTERVAL_MS, id -> beat());
    }

    private void beat() {
        vertx.eventBus().publish(Messages.LEADER, Messages.write(new LeaderBeat(EPOCH, ID, "")));
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        heartbeats.unregister();
    }
}
