package io.segue.e2e.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic of the source.
 *
 * @param records to write, aborted ones included
 * @param about what makes it worth a place in the demo, for people
 */
public record TopicSpec(String name, Kind kind, int partitions, int records, String about) {
    /** Compaction of the target would go on where that of the source stopped: held back, both can be compared. */
    public static final String COMPACTION_HELD_BACK =
            Long.toString(Duration.ofDays(180).toMillis());

    private static final int SEGMENTS = 10;

    public enum Kind {
        ORDERS,
        PAYMENTS,
        LEDGER,
        CUSTOMERS
    }

    /** The topics of the demo, with so many records in all. */
    public static List<TopicSpec> all(int records) {
        return List.of(
                new TopicSpec("orders", Kind.ORDERS, 6, records * 45 / 100, "keys, headers, tombstones"),
                new TopicSpec("payments", Kind.PAYMENTS, 6, records * 30 / 100, "some without key"),
                new TopicSpec("ledger", Kind.LEDGER, 3, records * 15 / 100, "transactions, one in five aborted"),
                new TopicSpec("customers", Kind.CUSTOMERS, 3, records * 10 / 100, "compacted"));
    }

    public List<TopicPartition> topicPartitions() {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    public boolean compacted() {
        return kind == Kind.CUSTOMERS;
    }

    Map<String, String> configs(Period period) {
        Map<String, String> configs = new HashMap<>();
        if (compacted()) {
            configs.put("cleanup.policy", "compact");
            configs.put("min.cleanable.dirty.ratio", "0.01");
            // by the records' own time: the cleaner leaves the last segment alone
            configs.put("segment.ms", Long.toString(period.span().toMillis() / SEGMENTS));
        } else {
            configs.put("retention.ms", Long.toString(Duration.ofDays(365).toMillis()));
        }
        return configs;
    }
}
