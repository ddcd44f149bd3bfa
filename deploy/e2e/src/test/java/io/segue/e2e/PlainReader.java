package io.segue.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The oracle: a plain Kafka consumer, none of Segue's own code. */
public final class PlainReader {
    private PlainReader() {}

    /** Waits until a partition exists and ends at this offset or behind it. */
    public static void awaitEnd(String bootstrap, String topic, int partition, long wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            while (System.nanoTime() < deadline) {
                if (end(admin, new TopicPartition(topic, partition)) >= wanted) {
                    return;
                }
            }
        }
        throw new AssertionError(topic + "/" + partition + " did not reach offset " + wanted + " within 60 s");
    }

    private static long end(Admin admin, TopicPartition partition) {
        try {
            if (!admin.listTopics().names().get(5, TimeUnit.SECONDS).contains(partition.topic())) {
                return -1;
            }
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get(5, TimeUnit.SECONDS)
                    .offset();
        } catch (ExecutionException | TimeoutException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Every record of a partition that a consumer of this isolation level sees. */
    public static List<ConsumerRecord<byte[], byte[]>> read(
            String bootstrap, String topic, int partition, String isolation) {
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
