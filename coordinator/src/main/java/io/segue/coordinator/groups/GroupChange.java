package io.segue.coordinator.groups;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.CommitResult;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sets and removes committed offsets of one group, and reads back what came of it. What cannot be changed because members
 * have come is told from what failed.
 */
final class GroupChange {
    private final KafkaCluster cluster;

    GroupChange(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    /** A group that is not idle may not be changed. */
    static Optional<GroupOutcome> blocked(Group group) {
        return group.idle()
                ? Optional.empty()
                : Optional.of(new GroupOutcome.Blocked(group.groupId(), group.state(), group.members()));
    }

    /** @return what went wrong; empty if everything is as wanted */
    Optional<GroupOutcome> make(GroupCommits set, Set<TopicPartition> remove) {
        String groupId = set.groupId();
        try {
            List<CommitResult> results = new ArrayList<>(cluster.commit(set));
            results.addAll(cluster.deleteCommits(groupId, remove));
            List<CommitResult> failed = results.stream()
                    .filter(result -> result.error().isPresent())
                    .toList();
            if (failed.isEmpty()) {
                return differing(set, remove);
            }
            return Optional.of(explained(groupId, failed));
        } catch (KafkaFailure failure) {
            return Optional.of(failed(groupId, failure));
        }
    }

    static GroupOutcome failed(String groupId, KafkaFailure failure) {
        return new GroupOutcome.Failed(groupId, List.of(String.valueOf(failure.getMessage())), failure.retryable());
    }

    private GroupOutcome explained(String groupId, List<CommitResult> failed) {
        Optional<GroupOutcome> blocked = Optional.ofNullable(
                        cluster.groups(List.of(groupId)).get(groupId))
                .flatMap(GroupChange::blocked);
        return blocked.orElseGet(() -> new GroupOutcome.Failed(
                groupId,
                failed.stream()
                        .map(result ->
                                result.partition() + ": " + result.error().orElse(""))
                        .toList(),
                failed.stream().allMatch(CommitResult::retryable)));
    }

    private Optional<GroupOutcome> differing(GroupCommits set, Set<TopicPartition> removed) {
        Map<TopicPartition, Commit> now = cluster.commits(set.groupId()).commits();
        List<String> wrong = new ArrayList<>();
        set.commits().forEach((partition, wanted) -> {
            Commit found = now.get(partition);
            if (!wanted.equals(found)) {
                wrong.add(partition + ": committed " + wanted.offset() + ", read back "
                        + (found == null ? "nothing" : found.offset()));
            }
        });
        now.forEach((partition, found) -> {
            if (removed.contains(partition)) {
                wrong.add(partition + ": removed, read back " + found.offset());
            }
        });
        return wrong.isEmpty() ? Optional.empty() : Optional.of(new GroupOutcome.Failed(set.groupId(), wrong, true));
    }
}
