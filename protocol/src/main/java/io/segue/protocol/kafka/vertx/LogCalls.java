package io.segue.protocol.kafka.vertx;

import static io.segue.protocol.kafka.vertx.Partitions.fromNative;
import static io.segue.protocol.kafka.vertx.Partitions.fromVertx;
import static io.segue.protocol.kafka.vertx.Partitions.toNative;
import static io.segue.protocol.kafka.vertx.Partitions.toVertx;

import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.OpenTransaction;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import io.vertx.kafka.admin.OffsetSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs: their ends, offsets by time, and the transactions open in them. */
final class LogCalls {
    private static final ListOffsetsOptions STABLE = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

    private static final Logger LOG = LoggerFactory.getLogger(LogCalls.class);

    private final KafkaCalls calls;

    LogCalls(KafkaCalls calls) {
        this.calls = calls;
    }

    Map<TopicPartition, LogRange> ranges(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, Long> start = offsets(partitions, OffsetSpec.EARLIEST, "first offset");
        Map<TopicPartition, Long> stable = lastStable(partitions);
        // Asked last, so that it is never below the stable end read before.
        Map<TopicPartition, Long> high = offsets(partitions, OffsetSpec.LATEST, "log end");
        Map<TopicPartition, LogRange> ranges = new TreeMap<>();
        high.forEach((partition, end) -> ranges.put(
                partition, new LogRange(start.getOrDefault(partition, 0L), end, stable.getOrDefault(partition, end))));
        return ranges;
    }

    Map<TopicPartition, Long> atTime(Collection<TopicPartition> partitions, long timestamp) {
        Map<TopicPartition, Long> found = partitions.isEmpty()
                ? new TreeMap<>()
                : offsets(partitions, OffsetSpec.TIMESTAMP(timestamp), "offset at time " + timestamp);
        found.values().removeIf(offset -> offset < 0);
        return found;
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec spec, String what) {
        Map<io.vertx.kafka.client.common.TopicPartition, OffsetSpec> request = new HashMap<>();
        partitions.forEach(partition -> request.put(toVertx(partition), spec));
        Map<TopicPartition, Long> offsets = new TreeMap<>();
        calls.repeat(
                        "read the " + what + " of " + named(partitions),
                        () -> KafkaErrors.whileListed(
                                () -> calls.await(calls.client().listOffsets(request))))
                .forEach((partition, info) -> offsets.put(fromVertx(partition), info.getOffset()));
        return offsets;
    }

    private Map<TopicPartition, Long> lastStable(Collection<TopicPartition> partitions) {
        Map<org.apache.kafka.common.TopicPartition, org.apache.kafka.clients.admin.OffsetSpec> request =
                new HashMap<>();
        partitions.forEach(
                partition -> request.put(toNative(partition), org.apache.kafka.clients.admin.OffsetSpec.latest()));
        Map<TopicPartition, Long> offsets = new TreeMap<>();
        calls.repeat(
                        "read the last stable offset of " + named(partitions),
                        () -> KafkaErrors.whileListed(() -> calls.await(
                                calls.admin().listOffsets(request, STABLE).all())))
                .forEach((partition, info) -> offsets.put(fromNative(partition), info.offset()));
        return offsets;
    }

    Map<TopicPartition, Long> sizes(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        var wanted = partitions.stream().map(Partitions::toNative).collect(Collectors.toSet());
        Map<TopicPartition, Long> sizes = new TreeMap<>();
        try {
            var brokers = calls
                    .askNative(
                            "list the brokers", admin -> admin.describeCluster().nodes())
                    .stream()
                    .map(Node::id)
                    .toList();
            calls.askNative(
                            "read the sizes of logs",
                            admin -> admin.describeLogDirs(brokers).allDescriptions())
                    .values()
                    .forEach(directories -> directories
                            .values()
                            .forEach(directory -> directory.replicaInfos().forEach((partition, replica) -> {
                                if (wanted.contains(partition)) {
                                    sizes.merge(fromNative(partition), replica.size(), Math::max);
                                }
                            })));
        } catch (KafkaFailure e) {
            LOG.info("the sizes of logs are not known: {}", e.getMessage());
        }
        return sizes;
    }

    List<OpenTransaction> openTransactions(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return List.of();
        }
        var request = partitions.stream().map(Partitions::toNative).toList();
        var states = calls.askNative(
                "list the producers of " + named(partitions),
                admin -> admin.describeProducers(request).all());
        Map<TopicPartition, List<ProducerState>> open = new TreeMap<>();
        states.forEach((partition, state) -> {
            var holding = state.activeProducers().stream()
                    .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                    .toList();
            if (!holding.isEmpty()) {
                open.put(fromNative(partition), holding);
            }
        });
        return open.isEmpty() ? List.of() : withNames(open);
    }

    private List<OpenTransaction> withNames(Map<TopicPartition, List<ProducerState>> open) {
        var producers = open.values().stream()
                .flatMap(List::stream)
                .map(ProducerState::producerId)
                .collect(Collectors.toSet());
        Map<Long, String> ids = new HashMap<>();
        calls.askNative(
                        "list the transactions of producers " + new TreeSet<>(producers),
                        admin -> admin.listTransactions(new ListTransactionsOptions().filterProducerIds(producers))
                                .all())
                .forEach(listing -> ids.put(listing.producerId(), listing.transactionalId()));
        Map<String, TransactionDescription> described = ids.isEmpty()
                ? Map.of()
                : calls.askNative(
                        "describe transactions " + new TreeSet<>(ids.values()),
                        admin -> admin.describeTransactions(ids.values()).all());
        List<OpenTransaction> transactions = new ArrayList<>();
        open.forEach((partition, states) -> states.forEach(state -> transactions.add(
                transaction(partition, state, Optional.ofNullable(ids.get(state.producerId())), described))));
        return transactions;
    }

    private static OpenTransaction transaction(
            TopicPartition partition,
            ProducerState state,
            Optional<String> id,
            Map<String, TransactionDescription> described) {
        Optional<TransactionDescription> known = id.flatMap(name -> Optional.ofNullable(described.get(name)));
        return new OpenTransaction(
                partition,
                state.currentTransactionStartOffset().orElseThrow(),
                state.producerId(),
                id,
                known.map(found -> found.transactionStartTimeMs().orElse(state.lastTimestamp()))
                        .orElse(state.lastTimestamp()),
                known.map(TransactionDescription::transactionTimeoutMs).orElse(-1L));
    }

    /** Partitions for a message: the first few by name, the others counted. */
    private static String named(Collection<TopicPartition> partitions) {
        String first = partitions.stream()
                .sorted()
                .limit(3)
                .map(TopicPartition::toString)
                .collect(Collectors.joining(", "));
        return partitions.size() <= 3 ? first : first + " and " + (partitions.size() - 3) + " more";
    }
}
