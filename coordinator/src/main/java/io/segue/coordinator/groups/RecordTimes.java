package io.segue.coordinator.groups;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlan.PlannedCommit;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks up when the records were written that a plan points at, each place once, and no more than {@link #MOST} of them: each
 * costs a fetch, and a plan for thousands of groups is none that somebody reads line by line.
 */
public final class RecordTimes {
    /** Places looked up in all. */
    public static final int MOST = 2_000;

    private final KafkaCluster cluster;
    private final Map<Place, Long> known = new HashMap<>();
    private int asked;

    private record Place(TopicPartition partition, long offset) {}

    public RecordTimes(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    /** The same plans with the times that are known. */
    public List<GroupPlan> in(List<GroupPlan> plans) {
        Map<TopicPartition, Long> round = nextRound(plans);
        while (!round.isEmpty()) {
            asked += round.size();
            Map<TopicPartition, Long> found = cluster.recordTimes(round);
            round.forEach(
                    (partition, offset) -> known.put(new Place(partition, offset), found.getOrDefault(partition, -1L)));
            round = nextRound(plans);
        }
        return plans.stream()
                .map(plan -> plan.with(plan.commits().stream().map(this::with).toList()))
                .toList();
    }

    /** One place in each partition: a consumer can be at one only. */
    private Map<TopicPartition, Long> nextRound(List<GroupPlan> plans) {
        Map<TopicPartition, Long> round = new TreeMap<>();
        for (GroupPlan plan : plans) {
            for (PlannedCommit commit : plan.commits()) {
                boolean open = commit.lag() > 0 && !known.containsKey(new Place(commit.target(), commit.offset()));
                if (open && asked + round.size() < MOST) {
                    round.putIfAbsent(commit.target(), commit.offset());
                }
            }
        }
        return round;
    }

    private PlannedCommit with(PlannedCommit commit) {
        Long time = known.get(new Place(commit.target(), commit.offset()));
        return time == null || time < 0 ? commit : commit.at(time);
    }
}
