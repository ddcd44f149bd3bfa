package io.segue.coordinator.groups;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
     * Where the groups of a reset stand.
     *
     * @param kept without consumers; their offsets were committed again
     * @param lost without consumers and without offsets: the brokers have forgotten them, or somebody removed them
     */
    public record Standing(int kept, int lost) {
        private static final Standing NONE = new Standing(0, 0);

        private Standing and(Standing other) {
            return new Standing(kept + other.kept, lost + other.lost);
        }
    }

    /**
     * Goes on until every group's consumers have started, or the time is over, or the thread is interrupted. A cluster that
     * does not answer is asked again after the next pause.
     */
    public Standing until(Duration atMost, Duration pause) {
        long end = time.nanos() + atMost.toNanos();
        Standing last = once();
        while (last.kept() > 0 && time.nanos() - end < 0) {
            try {
                time.pause(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return last;
            }
            last = again(last);
        }
        return last;
    }

    private Standing again(Standing before) {
        try {
            return once();
        } catch (KafkaFailure e) {
            if (!e.retryable()) {
                throw e;
            }
            LOG.warn("offsets were not committed again this time: {}", e.getMessage());
            return before;
        }
    }

    Standing once() {
        Standing all = Standing.NONE;
        for (int shard : state.shards()) {
            all = all.and(once(state.plan(shard).map(ResetPlan::groups).orElse(List.of())));
        }
        return all;
    }

    private Standing once(List<GroupPlan> plans) {
        List<String> ids = plans.stream()
                .filter(plan -> !plan.commits().isEmpty())
                .map(GroupPlan::groupId)
                .toList();
        Map<String, Group> standing = cluster.groups(ids);
        Map<String, GroupCommits> now = cluster.commits(ids);
        Standing all = Standing.NONE;
        for (GroupPlan plan : plans) {
            Group group = standing.get(plan.groupId());
            GroupCommits found = now.get(plan.groupId());
            if (group != null && found != null && group.idle()) {
                all = all.and(idle(plan, found));
            }
        }
        return all;
    }

    private Standing idle(GroupPlan plan, GroupCommits found) {
        var wanted = plan.wanted().commits();
        if (wanted.keySet().stream().noneMatch(found.commits()::containsKey)) {
            LOG.warn("offsets are gone group={}", plan.groupId());
            return new Standing(0, 1);
        }
        if (!found.commits().entrySet().containsAll(wanted.entrySet())) {
            return Standing.NONE;
        }
        long failed = cluster.commit(plan.wanted()).stream()
                .filter(result -> result.error().isPresent())
                .count();
        if (failed > 0) {
            LOG.warn("offsets could not be committed again group={} partitions={}", plan.groupId(), failed);
        }
        return new Standing(1, 0);
    }
}
