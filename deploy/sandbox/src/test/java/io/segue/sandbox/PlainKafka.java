package io.segue.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients, with nothing of ours between. */
final class PlainKafka {
    private static final long LIMIT_SECONDS = 60;

    private final String bootstrap;

    PlainKafka(BrokerCluster cluster) {
        this.bootstrap = cluster.bootstrapServers();
    }

    String clusterId() throws Exception {
        try (Admin admin = admin(20_000)) {
            return admin.describeCluster().clusterId().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Whether the cluster answers within so many milliseconds. */
    boolean answers(int millis) throws InterruptedException {
        try (Admin admin = admin(millis)) {
            admin.describeCluster().nodes().get();
            return true;
        } catch (ExecutionException timeOut) {
            return false;
        }
    }

    void createTopic(String topic, int replicas) throws Exception {
        try (Admin admin = admin(20_000)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.of((short) replicas))))
                    .all()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Writes {@code value-from} to {@code value-(to - 1)}, each acknowledged by all replicas in sync. */
    void produce(String topic, int from, int to) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "acks", "all");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            var sent = IntStream.range(from, to)
                    .mapToObj(i -> producer.send(new ProducerRecord<>(topic, 0, "key", "value-" + i)))
                    .toList();
            for (var record : sent) {
                record.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** The values of a topic from its beginning; fails if there are fewer than {@code count} in time. */
    List<String> consume(String topic, int count) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new ArrayList<>();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private Admin admin(int millis) {
        return Admin.create(
                Map.of("bootstrap.servers", bootstrap, "request.timeout.ms", millis, "default.api.timeout.ms", millis));
    }
}
