package io.segue.e2e.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads whole partitions with a plain consumer that belongs to no group. */
public final class LogReader {
    private static final Duration STALL_LIMIT = Duration.ofSeconds(60);

    private final String bootstrap;

    public LogReader(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /**
     * Everything that a consumer of this isolation level sees, in its order.
     *
     * @param ends where each partition ends for such a consumer: the offset of the next record
     */
    public record Contents(Map<TopicPartition, List<Seen>> records, Map<TopicPartition, Long> ends) {
        public long count() {
            return records.values().stream().mapToLong(List::size).sum();
        }

        public long bytes() {
            return records.values().stream()
                    .flatMap(List::stream)
                    .mapToLong(Seen::bytes)
                    .sum();
        }

        public List<Seen> of(TopicPartition partition) {
            return records.getOrDefault(partition, List.of());
        }
    }

    /** @throws IllegalStateException if for a minute nothing comes and a partition is not at its end */
    public Contents read(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        Map<TopicPartition, List<Seen>> records = new TreeMap<>(Clients.BY_NAME);
        partitions.forEach(partition -> records.put(partition, new ArrayList<>()));
        Map<TopicPartition, Long> ends = new TreeMap<>(Clients.BY_NAME);
        try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(bootstrap, isolation, Map.of())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            ends.putAll(consumer.endOffsets(partitions));
            Deadline stalled = Deadline.in(STALL_LIMIT);
            while (!atEnd(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    List<Seen> list = records.get(new TopicPartition(each.topic(), each.partition()));
                    if (list != null) {
                        list.add(seen(each));
                    }
                    stalled = Deadline.in(STALL_LIMIT);
                }
                stalled.check(() -> "reading " + partitions + " from " + bootstrap + " does not come to its end");
            }
        }
        return new Contents(records, ends);
    }

    private static boolean atEnd(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static Seen seen(ConsumerRecord<byte[], byte[]> each) {
        int bytes = length(each.key()) + length(each.value());
        for (Header header : each.headers()) {
            bytes += header.key().length() + length(header.value());
        }
        return new Seen(each.offset(), bytes, Fingerprint.of(each));
    }

    private static int length(byte @Nullable [] field) {
        return field == null ? 0 : field.length;
    }
}
