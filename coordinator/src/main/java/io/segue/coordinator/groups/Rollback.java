package io.segue.coordinator.groups;

import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes groups back to a snapshot: offsets that differ are committed as they were, offsets that did not exist are removed.
 * Only idle groups; what stands as in the snapshot already is left alone, so that running it again changes nothing.
 */
public final class Rollback {
    private final KafkaCluster cluster;
    private final GroupChange change;
    private final Checkpoint checkpoint;

    public Rollback(KafkaCluster cluster, Checkpoint checkpoint) {
        this.cluster = cluster;
        this.change = new GroupChange(cluster);
        this.checkpoint = checkpoint;
    }

    /** How a group's offsets differ from the snapshot. */
    public record Difference(
            String groupId, List<TopicPartition> missing, List<TopicPartition> extra, List<TopicPartition> wrong) {
        public boolean none() {
            return missing.isEmpty() && extra.isEmpty() && wrong.isEmpty();
        }

        @Override
        public String toString() {
            return groupId + ": missing " + missing + ", extra " + extra + ", wrong " + wrong;
        }
    }

    /**
     * Why a snapshot cannot be rolled back to on this cluster; empty if it can.
     */
    public Optional<String> refusal(OffsetSnapshot snapshot) {
        String here = cluster.clusterId();
        String there = snapshot.clusterId();
        return there == null || there.equals(here)
                ? Optional.empty()
                : Optional.of("snapshot " + snapshot.snapshotId() + " is of cluster " + there + " ("
                        + String.join(",", snapshot.bootstrapServers()) + "), this is cluster " + here
                        + ": name that cluster with --bootstrap-servers, or another snapshot");
    }

    /** @return one outcome for each group of the snapshot */
    public List<GroupOutcome> to(OffsetSnapshot snapshot) {
        refusal(snapshot).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        Map<String, Group> standing = cluster.groups(snapshot.groups().keySet());
        List<GroupOutcome> outcomes = new ArrayList<>();
        for (GroupCommits wanted : snapshot.groups().values()) {
            GroupOutcome outcome = roll(
                    wanted, Optional.ofNullable(standing.get(wanted.groupId())).orElseThrow(), snapshot);
            checkpoint.ended(outcome);
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private GroupOutcome roll(GroupCommits wanted, Group standing, OffsetSnapshot snapshot) {
        String id = wanted.groupId();
        if (!snapshot.complete() && wanted.commits().isEmpty()) {
            return new GroupOutcome.Refused(
                    id,
                    List.of(new ResetPlan.Refusal(
                            null,
                            "the snapshot does not say whether the group had no offsets or could not be read; it was "
                                    + "not taken by this program")));
        }
        try {
            Map<TopicPartition, Commit> now = cluster.commits(id).commits();
            Difference difference = difference(wanted, now);
            if (difference.none()) {
                return new GroupOutcome.Unchanged(id, "stands as in the snapshot");
            }
            Optional<GroupOutcome> blocked = GroupChange.blocked(standing);
            if (blocked.isPresent()) {
                return blocked.get();
            }
            Map<TopicPartition, Commit> set = new TreeMap<>(wanted.commits());
            set.entrySet().removeAll(now.entrySet());
            Set<TopicPartition> remove = new TreeSet<>(difference.extra());
            return change.make(new GroupCommits(id, set), remove)
                    .orElseGet(() -> new GroupOutcome.Done(id, set.size() + remove.size(), List.of()));
        } catch (KafkaFailure failure) {
            return GroupChange.failed(id, failure);
        }
    }

    /**
     * Compares every group with the snapshot: a partition that is on one side only is a difference too.
     *
     * @throws KafkaFailure if a group cannot be read: no answer is no agreement
     */
    public List<Difference> differences(OffsetSnapshot snapshot) {
        return snapshot.groups().values().stream()
                .map(wanted ->
                        difference(wanted, cluster.commits(wanted.groupId()).commits()))
                .filter(difference -> !difference.none())
                .toList();
    }

    private static Difference difference(GroupCommits wanted, Map<TopicPartition, Commit> now) {
        List<TopicPartition> missing = new ArrayList<>();
        List<TopicPartition> wrong = new ArrayList<>();
        wanted.commits().forEach((partition, commit) -> {
            Commit found = now.get(partition);
            if (found == null) {
                missing.add(partition);
            } else if (!found.equals(commit)) {
                wrong.add(partition);
            }
        });
        List<TopicPartition> extra = now.keySet().stream()
                .filter(partition -> !wanted.commits().containsKey(partition))
                .toList();
        return new Difference(wanted.groupId(), missing, extra, wrong);
    }
}
