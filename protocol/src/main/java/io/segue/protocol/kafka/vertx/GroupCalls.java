package io.segue.protocol.kafka.vertx;

import static io.segue.protocol.kafka.vertx.Partitions.fromNative;
import static io.segue.protocol.kafka.vertx.Partitions.toNative;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster.CommitResult;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Committed offsets of groups. On the native client: the Vert.x one cannot ask for stable offsets only, and gives one
 * answer for all partitions of a commit.
 */
final class GroupCalls {
    /** Groups in one question; brokers answer a thousand of a hundred partitions each within their limits. */
    private static final int CHUNK = 500;

    private final KafkaCalls calls;

    GroupCalls(KafkaCalls calls) {
        this.calls = calls;
    }

    GroupCommits commits(String groupId) {
        return Objects.requireNonNull(commits(List.of(groupId)).get(groupId));
    }

    /** The client asks each coordinator for all of its groups at once. */
    Map<String, GroupCommits> commits(Collection<String> groupIds) {
        Map<String, GroupCommits> all = new TreeMap<>();
        List<String> ids = List.copyOf(new TreeSet<>(groupIds));
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> chunk = ids.subList(from, Math.min(from + CHUNK, ids.size()));
            Map<String, ListConsumerGroupOffsetsSpec> asked = new HashMap<>();
            chunk.forEach(id -> asked.put(id, new ListConsumerGroupOffsetsSpec()));
            calls.askNative(
                            "fetch the committed offsets of " + named(chunk),
                            admin -> admin.listConsumerGroupOffsets(
                                            asked, new ListConsumerGroupOffsetsOptions().requireStable(true))
                                    .all())
                    .forEach((id, fetched) -> all.put(id, commits(id, fetched)));
        }
        return all;
    }

    private static String named(List<String> ids) {
        return ids.size() == 1 ? "group " + ids.get(0) : ids.size() + " groups from " + ids.get(0);
    }

    private static GroupCommits commits(
            String groupId, Map<org.apache.kafka.common.TopicPartition, OffsetAndMetadata> fetched) {
        Map<TopicPartition, Commit> commits = new TreeMap<>();
        fetched.forEach((partition, committed) -> {
            // The client answers null for a partition that has no commit.
            if (committed != null) {
                String metadata = committed.metadata().isEmpty() ? null : committed.metadata();
                commits.put(fromNative(partition), new Commit(committed.offset(), metadata));
            }
        });
        return new GroupCommits(groupId, commits);
    }

    List<CommitResult> commit(GroupCommits commits) {
        if (commits.commits().isEmpty()) {
            return List.of();
        }
        Map<org.apache.kafka.common.TopicPartition, OffsetAndMetadata> request = new HashMap<>();
        commits.commits().forEach((partition, commit) -> {
            // Never with a leader epoch: one from another cluster makes consumers wait for ever, without an error.
            String metadata = commit.metadata() == null ? "" : commit.metadata();
            request.put(toNative(partition), new OffsetAndMetadata(commit.offset(), Optional.empty(), metadata));
        });
        return perPartition(
                "commit offsets of group " + commits.groupId(),
                commits.commits().keySet(),
                admin -> admin.alterConsumerGroupOffsets(commits.groupId(), request)::partitionResult,
                error -> false);
    }

    List<CommitResult> delete(String groupId, Set<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return List.of();
        }
        Set<org.apache.kafka.common.TopicPartition> request =
                partitions.stream().map(Partitions::toNative).collect(Collectors.toSet());
        return perPartition(
                "delete offsets of group " + groupId,
                partitions,
                admin -> admin.deleteConsumerGroupOffsets(groupId, request)::partitionResult,
                // What does not exist has no offsets.
                error -> error instanceof GroupIdNotFoundException);
    }

    /** One request, one result for each partition; repeated with the same values while that may help. */
    private List<CommitResult> perPartition(
            String what,
            Collection<TopicPartition> partitions,
            Function<Admin, Function<org.apache.kafka.common.TopicPartition, KafkaFuture<Void>>> request,
            Predicate<Throwable> harmless) {
        List<Outcome> outcomes = calls.repeatWhile(
                what,
                () -> {
                    var results = request.apply(calls.admin());
                    List<Outcome> all = new ArrayList<>();
                    for (TopicPartition partition : partitions) {
                        all.add(new Outcome(
                                partition,
                                errorOf(results.apply(toNative(partition))).filter(harmless.negate())));
                    }
                    return all;
                },
                all -> all.stream()
                        .anyMatch(outcome -> outcome.error()
                                .filter(KafkaErrors::worthAnotherTry)
                                .isPresent()));
        return outcomes.stream().map(Outcome::result).toList();
    }

    private Optional<Throwable> errorOf(KafkaFuture<Void> result)
            throws InterruptedException, TimeoutException, ExecutionException {
        try {
            calls.await(result);
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwable cause = KafkaErrors.unwrap(e);
            if (cause instanceof AuthenticationException
                    || cause instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw e;
            }
            return Optional.of(cause);
        }
    }

    private record Outcome(TopicPartition partition, Optional<Throwable> error) {
        CommitResult result() {
            return new CommitResult(
                    partition,
                    error.map(KafkaErrors::describe),
                    error.map(KafkaErrors::retryable).orElse(false));
        }
    }
}
