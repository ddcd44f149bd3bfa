package io.segue.coordinator.groups;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brokers forget the offsets of a group without members some days after the commit. This commits them again, with the same
 * values, for groups that nobody has joined and whose offsets are still those of the reset; it moves nobody.
 */
public final class KeepAlive {
    private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);

    private final KafkaCluster cluster;
    private final ResetState state;
    private final Time time;

    public KeepAlive(KafkaCluster cluster, ResetState state, Time time) {
        this.cluster = cluster;
        this.state = state;
        this.time = time;
    }

    /**
     * Goes on until every group's consumers have started, or the time is over, or the thread is interrupted.
     *
     * @return groups that are still without consumers
     */
    public int until(Duration atMost, Duration pause) {
        long end = time.nanos() + atMost.toNanos();
        int left = once();
        while (left > 0 && time.nanos() - end < 0) {
            try {
                time.pause(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return left;
            }
            left = once();
        }
        return left;
    }

    /** @return groups whose offsets were committed again */
    int once() {
        int kept = 0;
        for (int shard : state.shards()) {
            kept += once(state.plan(shard).map(ResetPlan::groups).orElse(List.of()));
        }
        return kept;
    }

    private int once(List<GroupPlan> plans) {
        List<String> ids = plans.stream()
                .filter(plan -> !plan.commits().isEmpty())
                .map(GroupPlan::groupId)
                .toList();
        Map<String, Group> standing = cluster.groups(ids);
        Map<String, GroupCommits> now = cluster.commits(ids);
        int kept = 0;
        for (GroupPlan plan : plans) {
            boolean idle = Optional.ofNullable(standing.get(plan.groupId()))
                    .filter(Group::idle)
                    .isPresent();
            boolean untouched = Optional.ofNullable(now.get(plan.groupId()))
                    .filter(found -> found.commits()
                            .entrySet()
                            .containsAll(plan.wanted().commits().entrySet()))
                    .isPresent();
            if (idle && untouched) {
                long failed = cluster.commit(plan.wanted()).stream()
                        .filter(result -> result.error().isPresent())
                        .count();
                if (failed > 0) {
                    LOG.warn("offsets could not be committed again group={} partitions={}", plan.groupId(), failed);
                }
                kept++;
            }
        }
        return kept;
    }
}
