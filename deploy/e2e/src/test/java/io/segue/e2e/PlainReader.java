package io.segue.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The oracle: a plain Kafka consumer, none of Segue's own code. */
final class PlainReader {
    private PlainReader() {}

    /** Every record of a partition that a consumer of this isolation level sees. */
    static List<ConsumerRecord<byte[], byte[]>> read(String bootstrap, String topic, int partition, String isolation) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrap, "isolation.level", isolation, "max.poll.records", "5000");
        TopicPartition assigned = new TopicPartition(topic, partition);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(assigned));
            consumer.seekToBeginning(List.of(assigned));
            long end =
                    consumer.endOffsets(List.of(assigned)).values().iterator().next();
            while (consumer.position(assigned) < end) {
                consumer.poll(Duration.ofMillis(500)).forEach(records::add);
            }
        }
        return records;
    }
}
