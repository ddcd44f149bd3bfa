package io.segue.coordinator.groups;

import io.segue.coordinator.groups.GroupChanges.Change;
import io.segue.coordinator.groups.GroupChanges.Fetched;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies one shard of a reset plan: what is asked of the cluster is asked for all groups of the shard at once, what is
 * decided is decided for each group by itself.
 *
 * <ol>
 *   <li>Where everything stands as planned already, nothing is done; else a group with members is blocked.
 *   <li>What is committed now must be what the snapshot says, or what the plan wants already; anything else means that
 *       somebody else has committed, and the group is left alone.
 *   <li>What is not as planned yet is committed, in one request for each group, with a limit for each broker.
 *   <li>It is read back, and must lie within the log as it is now (C6).
 *   <li>What failed and may succeed is tried again, so often as the limits say.
 * </ol>
 *
 * A reset that was cut off anywhere is finished by running it again with the same plan and snapshot: what is done is
 * recognised, and nothing is committed twice with another value.
 */
public final class GroupReset {
    private final KafkaCluster cluster;
    private final GroupChanges changes;
    private final ResetLimits limits;

    public GroupReset(KafkaCluster cluster, ResetLimits limits) {
        this.cluster = cluster;
        this.changes = new GroupChanges(cluster, limits.perBroker());
        this.limits = limits;
    }

    /**
     * @param snapshot of this cluster, stored, from before the first application of this plan
     * @return one outcome for each group, in order
     */
    public List<GroupOutcome> apply(List<GroupPlan> plans, OffsetSnapshot snapshot) {
        requireComplete(snapshot);
        Map<String, GroupOutcome> outcomes = new TreeMap<>();
        List<GroupPlan> open = new ArrayList<>();
        for (GroupPlan plan : plans) {
            Optional<GroupOutcome> nothing = nothingToCommit(plan);
            if (nothing.isPresent()) {
                outcomes.put(plan.groupId(), nothing.get());
            } else if (snapshot.group(plan.groupId()).isEmpty()) {
                throw new IllegalArgumentException(
                        "snapshot " + snapshot.snapshotId() + " lacks group " + plan.groupId());
            } else {
                open.add(plan);
            }
        }
        for (int attempt = 1; !open.isEmpty(); attempt++) {
            outcomes.putAll(once(open, snapshot));
            open.removeIf(plan ->
                    !(outcomes.get(plan.groupId()) instanceof GroupOutcome.Failed failed) || !failed.retryable());
            if (open.isEmpty() || !limits.pause(attempt)) {
                break;
            }
        }
        return plans.stream()
                .map(plan -> Optional.ofNullable(outcomes.get(plan.groupId())).orElseThrow())
                .toList();
    }

    private void requireComplete(OffsetSnapshot snapshot) {
        String here = cluster.clusterId();
        if (!snapshot.complete() || !here.equals(snapshot.clusterId())) {
            throw new IllegalArgumentException("snapshot " + snapshot.snapshotId()
                    + " is not a complete one of cluster " + here + ", but of " + snapshot.clusterId());
        }
    }

    private static Optional<GroupOutcome> nothingToCommit(GroupPlan plan) {
        if (!plan.commits().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                plan.refusals().isEmpty()
                        ? new GroupOutcome.Unchanged(plan.groupId(), String.join("; ", plan.notes()))
                        : new GroupOutcome.Refused(plan.groupId(), plan.refusals()));
    }

    private Map<String, GroupOutcome> once(List<GroupPlan> plans, OffsetSnapshot snapshot) {
        List<String> ids = plans.stream().map(GroupPlan::groupId).toList();
        Map<String, Group> standing = cluster.groups(ids);
        Fetched now = changes.fetch(ids);
        Map<String, GroupOutcome> outcomes = new TreeMap<>(now.failed());
        Map<String, Change> wanted = new TreeMap<>();
        for (GroupPlan plan : plans) {
            String id = plan.groupId();
            GroupCommits found = now.commits().get(id);
            if (found != null) {
                Decision decision =
                        decide(plan, snapshot.group(id).orElseThrow(), found, Objects.requireNonNull(standing.get(id)));
                if (decision.left() == null) {
                    wanted.put(id, new Change(new GroupCommits(id, decision.open()), Set.of()));
                } else {
                    outcomes.put(id, decision.left());
                }
            }
        }
        outcomes.putAll(changes.make(wanted.values().stream()
                .filter(change -> !change.set().commits().isEmpty())
                .toList()));
        List<GroupPlan> made = plans.stream()
                .filter(plan -> wanted.containsKey(plan.groupId()) && !outcomes.containsKey(plan.groupId()))
                .toList();
        outcomes.putAll(ended(made, wanted));
        return outcomes;
    }

    /**
     * What to do with one group.
     *
     * @param left why it is left alone; null if {@code open} is to be committed
     */
    private record Decision(
            Map<TopicPartition, Commit> open, @Nullable GroupOutcome left) {}

    private static Decision decide(GroupPlan plan, GroupCommits before, GroupCommits now, Group standing) {
        Map<TopicPartition, Commit> open = new TreeMap<>();
        List<String> conflicts = new ArrayList<>();
        plan.wanted().commits().forEach((partition, wanted) -> {
            Commit found = now.commits().get(partition);
            Commit had = before.commits().get(partition);
            if (wanted.equals(found)) {
                return;
            }
            if (Objects.equals(found, had)) {
                open.put(partition, wanted);
            } else {
                conflicts.add(
                        partition + " had " + words(had) + ", has " + words(found) + ", planned " + wanted.offset());
            }
        });
        boolean asPlanned = open.isEmpty() && conflicts.isEmpty();
        GroupOutcome left = asPlanned ? null : GroupChanges.blocked(standing).orElse(null);
        if (left == null && !conflicts.isEmpty()) {
            left = new GroupOutcome.Conflict(plan.groupId(), conflicts);
        }
        return new Decision(open, left);
    }

    private Map<String, GroupOutcome> ended(List<GroupPlan> plans, Map<String, Change> changed) {
        Set<TopicPartition> places = new TreeSet<>();
        plans.forEach(plan -> plan.commits().forEach(commit -> places.add(commit.target())));
        Map<String, GroupOutcome> outcomes = new HashMap<>();
        Map<TopicPartition, LogRange> logs;
        try {
            logs = cluster.logRanges(places);
        } catch (KafkaFailure failure) {
            plans.forEach(plan -> outcomes.put(plan.groupId(), GroupChanges.failed(plan.groupId(), failure)));
            return outcomes;
        }
        for (GroupPlan plan : plans) {
            int offsets = Objects.requireNonNull(changed.get(plan.groupId()))
                    .set()
                    .commits()
                    .size();
            List<String> outside = outsideTheLog(plan.commits(), logs);
            outcomes.put(
                    plan.groupId(),
                    outside.isEmpty() ? ended(plan, offsets) : new GroupOutcome.Failed(plan.groupId(), outside, false));
        }
        return outcomes;
    }

    private static GroupOutcome ended(GroupPlan plan, int changed) {
        return changed == 0 && plan.refusals().isEmpty()
                ? new GroupOutcome.Unchanged(plan.groupId(), "stands as planned already")
                : new GroupOutcome.Done(plan.groupId(), changed, plan.refusals());
    }

    private static List<String> outsideTheLog(Collection<PlannedCommit> commits, Map<TopicPartition, LogRange> logs) {
        List<String> outside = new ArrayList<>();
        for (PlannedCommit commit : commits) {
            LogRange log = logs.get(commit.target());
            if (log == null || commit.offset() < log.start() || commit.offset() > log.highWatermark()) {
                outside.add(commit.target() + ": committed " + commit.offset() + ", the log is now "
                        + (log == null ? "gone" : log.start() + " to " + log.highWatermark()));
            }
        }
        return outside;
    }

    private static String words(@Nullable Commit commit) {
        return commit == null ? "no offset" : Long.toString(commit.offset());
    }
}
