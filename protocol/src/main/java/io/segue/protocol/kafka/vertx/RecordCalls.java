package io.segue.protocol.kafka.vertx;

import static io.segue.protocol.kafka.vertx.Partitions.fromNative;
import static io.segue.protocol.kafka.vertx.Partitions.toNative;

import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Single records, read outside of any group; on the native consumer, because this blocks for a moment and is over. */
final class RecordCalls {
    private static final Duration POLL = Duration.ofMillis(200);

    /** Whatever the connection says. */
    private static final Map<String, String> REQUIRED = Map.of(
            "enable.auto.commit",
            "false",
            "allow.auto.create.topics",
            "false",
            "auto.offset.reset",
            "none",
            "max.partition.fetch.bytes",
            Integer.toString(16 << 10),
            "key.deserializer",
            ByteArrayDeserializer.class.getName(),
            "value.deserializer",
            ByteArrayDeserializer.class.getName());

    private final KafkaConnection connection;
    private final CallLimits limits;

    RecordCalls(KafkaConnection connection, CallLimits limits) {
        this.connection = connection;
        this.limits = limits;
    }

    Map<TopicPartition, Long> times(Map<TopicPartition, Long> offsets) {
        if (offsets.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> settings = new HashMap<>(connection.with(REQUIRED));
        settings.remove("group.id");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            return times(consumer, offsets);
        } catch (KafkaException e) {
            throw KafkaErrors.failure(connection.bootstrapServers(), "read single records", e);
        }
    }

    private Map<TopicPartition, Long> times(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> offsets) {
        List<org.apache.kafka.common.TopicPartition> asked =
                offsets.keySet().stream().map(Partitions::toNative).toList();
        consumer.assign(asked);
        Map<org.apache.kafka.common.TopicPartition, Long> ends = consumer.endOffsets(asked);
        offsets.forEach((partition, offset) -> consumer.seek(toNative(partition), offset));
        Map<TopicPartition, Long> times = new TreeMap<>();
        Set<org.apache.kafka.common.TopicPartition> open = new HashSet<>(asked);
        long deadline = System.nanoTime() + limits.call().toNanos();
        while (System.nanoTime() - deadline < 0) {
            open.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            for (ConsumerRecord<byte[], byte[]> record : open.isEmpty() ? noRecords() : consumer.poll(POLL)) {
                var partition = new org.apache.kafka.common.TopicPartition(record.topic(), record.partition());
                times.putIfAbsent(fromNative(partition), record.timestamp());
                open.remove(partition);
            }
            if (open.isEmpty()) {
                break;
            }
            consumer.pause(asked.stream()
                    .filter(partition -> !open.contains(partition))
                    .toList());
        }
        return times;
    }

    private static Iterable<ConsumerRecord<byte[], byte[]>> noRecords() {
        return List.of();
    }
}
