package io.segue.coordinator.groups;

import static io.segue.coordinator.groups.Worlds.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.coordinator.dispatch.PassingTime;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.InMemoryKafkaCluster.Moment;
import io.segue.protocol.kafka.InMemoryKafkaCluster.Operation;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.store.InMemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Offsets of groups without members are committed again, and nobody is moved. */
class KeepAliveTest {
    private final List<String> committed = new ArrayList<>();
    private boolean silent;
    private final Worlds world = new Worlds(new InMemoryKafkaCluster("target-cluster", (moment, operation, group) -> {
                if (silent) {
                    silent = false;
                    throw new KafkaFailure("no answer", true, null);
                }
                if (operation == Operation.COMMIT && moment == Moment.BEFORE) {
                    committed.add(group);
                }
            }))
            .proven("orders", 0, new Run(500, 0, 500));
    private final ResetState state = new ResetState(new InMemoryObjectStore());
    private final KeepAlive keepAlive = new KeepAlive(world.target, state, new PassingTime());

    @BeforeEach
    void reset() {
        for (String group : List.of("idle", "joined", "went-on", "forgotten")) {
            world.committed(group, "orders", 0, 600);
        }
        ResetRun.Listener silent = new ResetRun.Listener() {
            @Override
            public void snapshotTaken(String key, int groups) {}

            @Override
            public void ended(int shard, List<GroupLine> groups) {}
        };
        new ResetRun(world.target, state, ResetLimits.standard(new PassingTime()), silent, "job-1")
                .run(ResetRun.shards(world.source.keySet(), groups -> world.plan(world.request(), groups)));
        committed.clear();
    }

    @Test
    void onlyWhatNobodyHasTouchedIsCommittedAgain() {
        world.target.join("joined", "app");
        world.target.consumed("went-on", "orders", 0, 300);
        world.target.deleteCommits("forgotten", Set.of(at("orders", 0)));

        assertEquals(new KeepAlive.Standing(1, 1), keepAlive.once());

        assertEquals(List.of("idle"), committed);
        assertEquals(Map.of(at("orders", 0), 300L), world.offsets("went-on"));
        assertEquals(Map.of(), world.offsets("forgotten"));
    }

    @Test
    void itGoesOnUntilTheTimeIsOver() {
        assertEquals(new KeepAlive.Standing(4, 0), keepAlive.until(Duration.ofHours(1), Duration.ofMinutes(20)));

        assertEquals(4 * 4, committed.size());
    }

    @Test
    void aClusterThatDoesNotAnswerIsAskedAgainLater() {
        keepAlive.once();
        KeepAlive patient = new KeepAlive(world.target, state, new PassingTime(Duration.ofSeconds(5)) {
            private boolean failed;

            @Override
            public synchronized void pause(Duration duration) {
                super.pause(duration);
                silent = duration.toMinutes() > 0 && !failed;
                failed |= silent;
            }
        });

        assertEquals(new KeepAlive.Standing(4, 0), patient.until(Duration.ofHours(1), Duration.ofMinutes(20)));
        assertEquals(4 + 4 * 3, committed.size());
    }
}
