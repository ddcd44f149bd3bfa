package io.segue.coordinator.groups;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlan.PlannedCommit;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies a reset plan. For each group by itself:
 *
 * <ol>
 *   <li>where everything stands as planned already, nothing is done; else a group with members is blocked;
 *   <li>what is committed now must be what the snapshot says, or what the plan wants already; anything else means that
 *       somebody else has committed, and the group is left alone;
 *   <li>what is not as planned yet is committed, in one request;
 *   <li>it is read back, and must lie within the log as it is now (C6).
 * </ol>
 *
 * A reset that was cut off anywhere is finished by running it again with the same plan and snapshot: what is done is
 * recognised, and nothing is committed twice with another value.
 */
public final class GroupReset {
    private final KafkaCluster cluster;
    private final GroupChange change;
    private final Checkpoint checkpoint;

    public GroupReset(KafkaCluster cluster, Checkpoint checkpoint) {
        this.cluster = cluster;
        this.change = new GroupChange(cluster);
        this.checkpoint = checkpoint;
    }

    /**
     * @param snapshot of this cluster, stored, from before the first application of this plan
     * @return one outcome for each group of the plan, in its order
     */
    public List<GroupOutcome> apply(ResetPlan plan, OffsetSnapshot snapshot) {
        requireComplete(snapshot);
        Set<String> ids = plan.groups().stream()
                .filter(group -> !group.commits().isEmpty())
                .map(GroupPlan::groupId)
                .collect(Collectors.toSet());
        Map<String, Group> standing = cluster.groups(ids);
        List<GroupOutcome> outcomes = new ArrayList<>();
        for (GroupPlan group : plan.groups()) {
            GroupOutcome outcome = apply(group, standing, snapshot);
            checkpoint.ended(outcome);
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private void requireComplete(OffsetSnapshot snapshot) {
        String here = cluster.clusterId();
        if (!snapshot.complete() || !here.equals(snapshot.clusterId())) {
            throw new IllegalArgumentException("snapshot " + snapshot.snapshotId()
                    + " is not a complete one of cluster " + here + ", but of " + snapshot.clusterId());
        }
    }

    private GroupOutcome apply(GroupPlan plan, Map<String, Group> standing, OffsetSnapshot snapshot) {
        String id = plan.groupId();
        Optional<GroupCommits> before = snapshot.group(id);
        if (plan.commits().isEmpty()) {
            return plan.refusals().isEmpty()
                    ? new GroupOutcome.Unchanged(id, String.join("; ", plan.notes()))
                    : new GroupOutcome.Refused(id, plan.refusals());
        }
        if (before.isEmpty()) {
            throw new IllegalArgumentException("snapshot " + snapshot.snapshotId() + " lacks group " + id);
        }
        try {
            return change(
                    plan, before.get(), Optional.ofNullable(standing.get(id)).orElseThrow());
        } catch (KafkaFailure failure) {
            return GroupChange.failed(id, failure);
        }
    }

    private GroupOutcome change(GroupPlan plan, GroupCommits before, Group standing) {
        Map<TopicPartition, Commit> now = cluster.commits(plan.groupId()).commits();
        Map<TopicPartition, Commit> open = new TreeMap<>();
        List<String> conflicts = new ArrayList<>();
        plan.wanted().commits().forEach((partition, wanted) -> {
            Commit found = now.get(partition);
            if (wanted.equals(found)) {
                return;
            }
            if (Objects.equals(found, before.commits().get(partition))) {
                open.put(partition, wanted);
            } else {
                conflicts.add(partition + " had " + words(before.commits().get(partition)) + ", has " + words(found)
                        + ", planned " + wanted.offset());
            }
        });
        boolean asPlanned = open.isEmpty() && conflicts.isEmpty();
        Optional<GroupOutcome> blocked = asPlanned ? Optional.empty() : GroupChange.blocked(standing);
        if (blocked.isPresent()) {
            return blocked.get();
        }
        if (!conflicts.isEmpty()) {
            return new GroupOutcome.Conflict(plan.groupId(), conflicts);
        }
        Optional<GroupOutcome> problem =
                open.isEmpty() ? Optional.empty() : change.make(new GroupCommits(plan.groupId(), open), Set.of());
        return problem.or(() -> outsideTheLog(plan)).orElseGet(() -> ended(plan, open.size()));
    }

    private static GroupOutcome ended(GroupPlan plan, int changed) {
        return changed == 0 && plan.refusals().isEmpty()
                ? new GroupOutcome.Unchanged(plan.groupId(), "stands as planned already")
                : new GroupOutcome.Done(plan.groupId(), changed, plan.refusals());
    }

    private Optional<GroupOutcome> outsideTheLog(GroupPlan plan) {
        Map<TopicPartition, LogRange> logs = cluster.logRanges(
                plan.commits().stream().map(PlannedCommit::target).toList());
        List<String> outside = new ArrayList<>();
        for (PlannedCommit commit : plan.commits()) {
            LogRange log = logs.get(commit.target());
            if (log == null || commit.offset() < log.start() || commit.offset() > log.highWatermark()) {
                outside.add(commit.target() + ": committed " + commit.offset() + ", the log is now "
                        + (log == null ? "gone" : log.start() + " to " + log.highWatermark()));
            }
        }
        return outside.isEmpty()
                ? Optional.empty()
                : Optional.of(new GroupOutcome.Failed(plan.groupId(), outside, false));
    }

    private static String words(@Nullable Commit commit) {
        return commit == null ? "no offset" : Long.toString(commit.offset());
    }
}
