package io.segue.protocol.kafka.vertx;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What the user may do with groups. On the native client: the Vert.x one has one answer or one error for all groups. */
final class GroupRights {
    /** Groups described at a time. */
    private static final int CHUNK = 500;

    private final KafkaCalls calls;

    GroupRights(KafkaCalls calls) {
        this.calls = calls;
    }

    Map<String, Set<String>> of(Collection<String> groupIds) {
        List<String> ids = List.copyOf(new TreeSet<>(groupIds));
        Map<String, Set<String>> operations = new HashMap<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> chunk = ids.subList(from, Math.min(from + CHUNK, ids.size()));
            operations.putAll(
                    calls.repeat("ask for the rights on groups from " + chunk.get(0), () -> described(chunk)));
        }
        return operations;
    }

    private Map<String, Set<String>> described(List<String> ids) throws Exception {
        var asked = calls.admin()
                .describeConsumerGroups(ids, new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                .describedGroups();
        Map<String, Set<String>> operations = new HashMap<>();
        for (var question : asked.entrySet()) {
            operations(question.getValue()).ifPresent(found -> operations.put(question.getKey(), found));
        }
        return operations;
    }

    private Optional<Set<String>> operations(KafkaFuture<ConsumerGroupDescription> asked) throws Exception {
        try {
            return Optional.ofNullable(calls.await(asked).authorizedOperations())
                    .map(all -> all.stream().map(Enum::name).collect(Collectors.toSet()));
        } catch (ExecutionException e) {
            Throwable cause = KafkaErrors.unwrap(e);
            if (cause instanceof GroupAuthorizationException) {
                return Optional.of(Set.of());
            }
            if (cause instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
