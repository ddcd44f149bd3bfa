package io.segue.coordinator.groups;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.CommitResult;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets and removes committed offsets of many groups at once, one request for each group, and reads back what came of it.
 * What cannot be changed because members have come is told from what failed.
 */
final class GroupChanges {
    private static final Logger LOG = LoggerFactory.getLogger(GroupChanges.class);

    private final KafkaCluster cluster;
    private final CoordinatorLanes lanes;

    /** @param perBroker groups under way at a time for each coordinator */
    GroupChanges(KafkaCluster cluster, int perBroker) {
        this.cluster = cluster;
        this.lanes = new CoordinatorLanes(cluster, perBroker);
    }

    /** What one group is to have, and not to have. */
    record Change(GroupCommits set, Set<TopicPartition> remove) {
        String groupId() {
            return set.groupId();
        }
    }

    /** What is committed for groups; those that could not be read have an outcome instead. */
    record Fetched(Map<String, GroupCommits> commits, Map<String, GroupOutcome> failed) {}

    /** A group that is not idle may not be changed. */
    static Optional<GroupOutcome> blocked(Group group) {
        return group.idle()
                ? Optional.empty()
                : Optional.of(new GroupOutcome.Blocked(group.groupId(), group.state(), group.members()));
    }

    static GroupOutcome failed(String groupId, KafkaFailure failure) {
        return new GroupOutcome.Failed(groupId, List.of(String.valueOf(failure.getMessage())), failure.retryable());
    }

    /** One question for all; where it fails, one for each, so that only those fail that must. */
    Fetched fetch(Collection<String> groupIds) {
        try {
            return new Fetched(cluster.commits(groupIds), Map.of());
        } catch (KafkaFailure some) {
            Map<String, GroupOutcome> failures = new TreeMap<>();
            Map<String, GroupCommits> found = new TreeMap<>();
            for (String id : groupIds) {
                try {
                    found.put(id, cluster.commits(id));
                } catch (KafkaFailure failure) {
                    failures.put(id, failed(id, failure));
                }
            }
            return new Fetched(found, failures);
        }
    }

    /** @return what went wrong, by group; groups that are as wanted are absent */
    Map<String, GroupOutcome> make(Collection<Change> changes) {
        Map<String, Change> byGroup = changes.stream().collect(Collectors.toMap(Change::groupId, change -> change));
        Map<String, GroupOutcome> problems = new TreeMap<>();
        lanes.each(byGroup.keySet(), id -> request(Objects.requireNonNull(byGroup.get(id))))
                .forEach((id, problem) -> problem.ifPresent(found -> problems.put(id, found)));
        nameTheBlocked(problems);
        List<String> made = byGroup.keySet().stream()
                .filter(id -> !problems.containsKey(id))
                .toList();
        Fetched now = fetch(made);
        problems.putAll(now.failed());
        now.commits()
                .forEach((id, commits) -> differing(
                                Optional.ofNullable(byGroup.get(id)).orElseThrow(), commits.commits())
                        .ifPresent(problem -> problems.put(id, problem)));
        return problems;
    }

    private Optional<GroupOutcome> request(Change change) {
        String groupId = change.groupId();
        try {
            List<CommitResult> results = new ArrayList<>(cluster.commit(change.set()));
            results.addAll(cluster.deleteCommits(groupId, change.remove()));
            List<CommitResult> failed = results.stream()
                    .filter(result -> result.error().isPresent())
                    .toList();
            return failed.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new GroupOutcome.Failed(
                            groupId,
                            failed.stream()
                                    .map(result -> result.partition() + ": "
                                            + result.error().orElse(""))
                                    .toList(),
                            failed.stream().allMatch(CommitResult::retryable)));
        } catch (KafkaFailure failure) {
            return Optional.of(failed(groupId, failure));
        }
    }

    private void nameTheBlocked(Map<String, GroupOutcome> problems) {
        if (problems.isEmpty()) {
            return;
        }
        try {
            cluster.groups(problems.keySet())
                    .forEach((id, group) -> blocked(group).ifPresent(blocked -> problems.put(id, blocked)));
        } catch (KafkaFailure unknown) {
            LOG.debug("who the members are is not known; what failed stands", unknown);
        }
    }

    private static Optional<GroupOutcome> differing(Change change, Map<TopicPartition, Commit> now) {
        List<String> wrong = new ArrayList<>();
        change.set().commits().forEach((partition, wanted) -> {
            Commit found = now.get(partition);
            if (!wanted.equals(found)) {
                wrong.add(partition + ": committed " + wanted.offset() + ", read back "
                        + (found == null ? "nothing" : found.offset()));
            }
        });
        now.forEach((partition, found) -> {
            if (change.remove().contains(partition)) {
                wrong.add(partition + ": removed, read back " + found.offset());
            }
        });
        return wrong.isEmpty() ? Optional.empty() : Optional.of(new GroupOutcome.Failed(change.groupId(), wrong, true));
    }
}
