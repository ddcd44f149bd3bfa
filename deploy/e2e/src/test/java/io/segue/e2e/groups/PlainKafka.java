package io.segue.e2e.groups;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients, to see a cluster as applications do. */
final class PlainKafka {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String servers;

    PlainKafka(String servers) {
        this.servers = servers;
    }

    KafkaProducer<String, String> producer(Map<String, Object> extra) {
        Map<String, Object> settings = new HashMap<>(extra);
        settings.put("bootstrap.servers", servers);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** Writes {@code from} to {@code to} (exclusive) as values of one partition. */
    void produce(String topic, int partition, int from, int to) throws InterruptedException, ExecutionException {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = from; i < to; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, partition, "key", Integer.toString(i))));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    KafkaConsumer<String, String> consumer(String group, String protocol) {
        return consumer(Map.of("group.id", group, "group.protocol", protocol));
    }

    /** A static member: it stays a member when it closes. */
    KafkaConsumer<String, String> consumer(String group, String protocol, String instance) {
        return consumer(Map.of("group.id", group, "group.protocol", protocol, "group.instance.id", instance));
    }

    private KafkaConsumer<String, String> consumer(Map<String, Object> identity) {
        Map<String, Object> settings = new HashMap<>(identity);
        settings.put("bootstrap.servers", servers);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        settings.put("max.poll.records", "1");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    /** The first record that a consumer gets. */
    static ConsumerRecord<String, String> next(KafkaConsumer<String, String> consumer) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                return record;
            }
        }
        throw new AssertionError("no record within " + PATIENCE);
    }
}
