package io.segue.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Groups as Kafka's own clients see them. */
public final class Groups {
    private Groups() {}

    public static Map<TopicPartition, OffsetAndMetadata> committed(String bootstrap, String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        }
    }

    public static void commit(String bootstrap, String group, Map<TopicPartition, Long> offsets) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Map<TopicPartition, OffsetAndMetadata> commits = new java.util.HashMap<>();
            offsets.forEach((partition, offset) -> commits.put(partition, new OffsetAndMetadata(offset)));
            admin.alterConsumerGroupOffsets(group, commits).all().get();
        }
    }

    /** The value that a real consumer of the group reads next in a partition; "(null)" of a tombstone, "(end)" if it has read all. */
    public static String nextRecord(String bootstrap, String group, String topic, int partition) {
        return nextRecord(bootstrap, group, topic, partition, "read_uncommitted");
    }

    /** As {@link #nextRecord(String, String, String, int)}, at an isolation level. */
    public static String nextRecord(String bootstrap, String group, String topic, int partition, String isolation) {
        TopicPartition assigned = new TopicPartition(topic, partition);
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                group,
                "enable.auto.commit",
                "false",
                "isolation.level",
                isolation,
                "auto.offset.reset",
                "none",
                "max.poll.records",
                "1");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(assigned));
            long end =
                    consumer.endOffsets(List.of(assigned)).values().iterator().next();
            while (consumer.position(assigned) < end) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(500));
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    return record.value() == null ? "(null)" : new String(record.value(), StandardCharsets.UTF_8);
                }
            }
            return "(end)";
        }
    }
}
