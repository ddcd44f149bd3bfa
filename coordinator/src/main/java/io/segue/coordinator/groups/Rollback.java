package io.segue.coordinator.groups;

import io.segue.coordinator.groups.GroupChanges.Change;
import io.segue.coordinator.groups.GroupChanges.Fetched;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes groups back to a snapshot: offsets that differ are committed as they were, offsets that did not exist are removed.
 * Only idle groups; what stands as in the snapshot already is left alone, so that running it again changes nothing. Where it
 * is known which reset is undone, a group that has moved on since is left alone too, unless forced.
 */
public final class Rollback {
    private final KafkaCluster cluster;
    private final GroupChanges changes;
    private final boolean force;

    /** @param force take back also what groups have committed since the reset */
    public Rollback(KafkaCluster cluster, ResetLimits limits, boolean force) {
        this.cluster = cluster;
        this.changes = new GroupChanges(cluster, limits.perBroker());
        this.force = force;
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

    /**
     * @param groups to roll back, of those in the snapshot
     * @param undone what resets since the snapshot have set, by group; groups of which no reset is known are absent
     * @return one outcome for each group, in order
     */
    public List<GroupOutcome> to(OffsetSnapshot snapshot, Collection<String> groups, Map<String, GroupCommits> undone) {
        refusal(snapshot).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        Map<String, GroupOutcome> outcomes = new TreeMap<>();
        List<String> ids =
                snapshot.groups().keySet().stream().filter(groups::contains).toList();
        for (int from = 0; from < ids.size(); from += ResetLimits.SHARD) {
            outcomes.putAll(some(snapshot, ids.subList(from, Math.min(ids.size(), from + ResetLimits.SHARD)), undone));
        }
        return List.copyOf(outcomes.values());
    }

    private Map<String, GroupOutcome> some(
            OffsetSnapshot snapshot, List<String> ids, Map<String, GroupCommits> undone) {
        Map<String, Group> standing = cluster.groups(ids);
        Fetched now = changes.fetch(ids);
        Map<String, GroupOutcome> outcomes = new TreeMap<>(now.failed());
        Map<String, Change> wanted = new TreeMap<>();
        now.commits().forEach((id, found) -> {
            GroupCommits back = snapshot.group(id).orElseThrow();
            Optional<GroupOutcome> left = left(
                    snapshot,
                    back,
                    found,
                    Optional.ofNullable(standing.get(id)).orElseThrow(),
                    Optional.ofNullable(undone.get(id)));
            left.ifPresentOrElse(outcome -> outcomes.put(id, outcome), () -> wanted.put(id, change(back, found)));
        });
        outcomes.putAll(changes.make(wanted.values()));
        wanted.forEach((id, change) -> outcomes.putIfAbsent(
                id,
                new GroupOutcome.Done(
                        id, change.set().commits().size() + change.remove().size(), List.of())));
        return outcomes;
    }

    /** Why a group is left alone; empty if it is to be changed. */
    private Optional<GroupOutcome> left(
            OffsetSnapshot snapshot,
            GroupCommits back,
            GroupCommits now,
            Group standing,
            Optional<GroupCommits> reset) {
        String id = back.groupId();
        if (!snapshot.complete() && back.commits().isEmpty()) {
            return Optional.of(new GroupOutcome.Refused(
                    id,
                    List.of(new ResetPlan.Refusal(
                            null,
                            "the snapshot does not say whether the group had no offsets or could not be read; it was "
                                    + "not taken by this program"))));
        }
        if (difference(back, now.commits()).none()) {
            return Optional.of(new GroupOutcome.Unchanged(id, "stands as in the snapshot"));
        }
        Optional<GroupOutcome> blocked = GroupChanges.blocked(standing);
        if (blocked.isPresent() || force || reset.isEmpty()) {
            return blocked;
        }
        List<String> moved = moved(back, now, reset.get());
        return moved.isEmpty() ? Optional.empty() : Optional.of(new GroupOutcome.MovedOn(id, moved));
    }

    private static List<String> moved(GroupCommits back, GroupCommits now, GroupCommits reset) {
        List<String> moved = new ArrayList<>();
        Set<TopicPartition> places = new TreeSet<>(now.commits().keySet());
        places.addAll(back.commits().keySet());
        for (TopicPartition place : places) {
            Commit found = now.commits().get(place);
            Commit set = reset.commits().get(place);
            if (!Objects.equals(found, back.commits().get(place)) && !Objects.equals(found, set)) {
                moved.add(place + " was set to " + (set == null ? "nothing" : set.offset()) + ", has "
                        + (found == null ? "no offset" : found.offset()));
            }
        }
        return moved;
    }

    private static Change change(GroupCommits back, GroupCommits now) {
        Map<TopicPartition, Commit> set = new TreeMap<>(back.commits());
        set.entrySet().removeAll(now.commits().entrySet());
        Set<TopicPartition> remove =
                new TreeSet<>(difference(back, now.commits()).extra());
        return new Change(new GroupCommits(back.groupId(), set), remove);
    }

    /**
     * Compares groups with the snapshot: a partition that is on one side only is a difference too.
     *
     * @throws io.segue.protocol.kafka.KafkaFailure if a group cannot be read: no answer is no agreement
     */
    public List<Difference> differences(OffsetSnapshot snapshot, Collection<String> groups) {
        List<String> ids =
                snapshot.groups().keySet().stream().filter(groups::contains).toList();
        List<Difference> differences = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += ResetLimits.SHARD) {
            cluster.commits(ids.subList(from, Math.min(ids.size(), from + ResetLimits.SHARD)))
                    .forEach((id, now) -> {
                        Difference difference = difference(snapshot.group(id).orElseThrow(), now.commits());
                        if (!difference.none()) {
                            differences.add(difference);
                        }
                    });
        }
        return differences;
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
