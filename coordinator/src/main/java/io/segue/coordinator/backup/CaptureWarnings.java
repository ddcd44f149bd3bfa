package io.segue.coordinator.backup;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.OpenTransaction;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.text.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is odd about the source at the moment of the backup, in sentences. Pure. */
final class CaptureWarnings {
    /** The brokers' default for the longest time-out that a producer may ask for; taken where the own one is unknown. */
    private static final long LONGEST_TIMEOUT_MS = 15 * 60_000L;

    private static final int NAMED = 3;

    private CaptureWarnings() {}

    /** Transactions that outlived their time-out and still hold committed data back. */
    static List<String> hanging(List<OpenTransaction> open, Map<TopicPartition, LogRange> ranges, long now) {
        List<String> warnings = new ArrayList<>();
        for (OpenTransaction transaction : open) {
            LogRange range = ranges.get(transaction.partition());
            if (range != null && outlived(transaction, now)) {
                warnings.add(hanging(transaction, range, timeout(transaction)));
            }
        }
        return warnings;
    }

    private static boolean outlived(OpenTransaction transaction, long now) {
        return now - transaction.startedAt() > timeout(transaction);
    }

    private static long timeout(OpenTransaction transaction) {
        return transaction.timeoutMs() < 0 ? LONGEST_TIMEOUT_MS : transaction.timeoutMs();
    }

    /** Where the backup ends early because a transaction is under way, as it may be at any moment. */
    static Optional<String> underWay(List<OpenTransaction> open, Map<TopicPartition, LogRange> ranges, long now) {
        Map<TopicPartition, String> places = new TreeMap<>();
        for (OpenTransaction transaction : open) {
            LogRange range = ranges.get(transaction.partition());
            if (range != null && !outlived(transaction, now)) {
                places.put(
                        transaction.partition(),
                        transaction.partition() + " at " + range.lastStable() + " (its log ends at "
                                + range.highWatermark() + ")");
            }
        }
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of("transactions are under way in " + Units.count(places.size(), "partition")
                        + ", and the backup ends before them: "
                        + String.join(
                                ", ", places.values().stream().limit(NAMED).toList())
                        + (places.size() > NAMED ? " and " + (places.size() - NAMED) + " more" : ""));
    }

    private static String hanging(OpenTransaction transaction, LogRange range, long timeout) {
        TopicPartition partition = transaction.partition();
        return partition + ": a transaction of producer " + transaction.producerId()
                + transaction
                        .transactionalId()
                        .map(id -> " (transactional id " + id + ")")
                        .orElse("")
                + " is open since " + Instant.ofEpochMilli(transaction.startedAt()) + ", longer than its time-out of "
                + timeout / 1000 + " s; offsets " + transaction.firstOffset() + " to " + (range.highWatermark() - 1)
                + " are not in this backup. End it (kafka-transactions.sh abort --topic " + partition.topic()
                + " --partition " + partition.partition() + " --start-offset " + transaction.firstOffset()
                + ") and back up again";
    }

    /** Groups that read uncommitted data, and committed offsets that the backup does not reach. */
    static List<String> ahead(List<GroupCommits> groups, Map<TopicPartition, LogRange> ranges) {
        List<String> warnings = new ArrayList<>();
        for (GroupCommits group : groups) {
            group.commits().forEach((partition, commit) -> {
                LogRange range = ranges.get(partition);
                if (range != null && commit.offset() > range.lastStable()) {
                    warnings.add("group " + group.groupId() + " has committed offset " + commit.offset() + " on "
                            + partition + ", beyond the last stable offset " + range.lastStable()
                            + ": after a restore it continues at the end of the restored records");
                }
            });
        }
        return warnings;
    }
}
