package io.segue.e2e.backup;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Fills and reads a cluster with Kafka's plain clients only. */
final class SourceTopics implements AutoCloseable {
    /** Forty days old: what a backup holds is. */
    static final long OLD = System.currentTimeMillis() - Duration.ofDays(40).toMillis();

    private final String bootstrap;
    private final Admin admin;

    /** A record in a form that can be compared and printed. */
    record Plain(
            long offset,
            long timestamp,
            @Nullable String key,
            @Nullable String value,
            List<String> headers) {}

    SourceTopics(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    void create(String topic, int partitions, Map<String, String> configs)
            throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(configs)))
                .all()
                .get();
    }

    void commit(String group, String topic, int partition, long offset)
            throws ExecutionException, InterruptedException {
        admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset, "by hand")))
                .all()
                .get();
    }

    /** Ends the log's begin at this offset: what is below is deleted. */
    void deleteBelow(String topic, int partition, long offset) throws ExecutionException, InterruptedException {
        admin.deleteRecords(Map.of(
                        new TopicPartition(topic, partition),
                        org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    void produce(String topic, int partition, int count) {
        produce(topic, partition, 0, count);
    }

    void produce(String topic, int partition, int from, int to) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = from; i < to; i++) {
                sent.add(producer.send(record(topic, partition, i)));
            }
            for (Future<RecordMetadata> one : sent) {
                done(one);
            }
        }
    }

    /** Everything that a record can be. */
    void produceOddities(String topic, int partition) {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", bytes("first"))
                .add("h", null)
                .add("h", bytes(""))
                .add("ключ", all)
                .add("", bytes("no name"));
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            send(producer, new ProducerRecord<>(topic, partition, OLD + 5, bytes("k"), bytes("v"), headers));
            send(producer, new ProducerRecord<>(topic, partition, OLD + 3, bytes("tombstone"), null, List.of()));
            send(producer, new ProducerRecord<>(topic, partition, OLD + 4, null, null, List.of()));
            send(producer, new ProducerRecord<>(topic, partition, OLD + 1, new byte[0], new byte[0]));
            send(producer, new ProducerRecord<>(topic, partition, 0L, all, all));
            send(producer, new ProducerRecord<>(topic, partition, OLD, null, new byte[900_000]));
        }
    }

    /** Runs transactions; the producer is closed afterwards, which aborts one that is still open. */
    void transactions(String id, Consumer<KafkaProducer<byte[], byte[]>> work) {
        try (KafkaProducer<byte[], byte[]> producer = transactional(id)) {
            work.accept(producer);
        }
    }

    KafkaProducer<byte[], byte[]> transactional(String id) {
        KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", id));
        producer.initTransactions();
        return producer;
    }

    /** Sends, and waits until the broker has it. */
    static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> sent = producer.send(record);
        producer.flush();
        done(sent);
    }

    private static void done(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("not produced", e);
        }
    }

    static ProducerRecord<byte[], byte[]> record(String topic, int partition, int number) {
        return new ProducerRecord<>(
                topic, partition, OLD + number, bytes("key-" + number % 10), bytes("value-" + number + "-".repeat(90)));
    }

    /** Every committed record of a partition that a plain consumer gets. */
    List<Plain> read(String topic, int partition) {
        TopicPartition assigned = new TopicPartition(topic, partition);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                "false",
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            consumer.assign(List.of(assigned));
            consumer.seekToBeginning(List.of(assigned));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(assigned)).get(assigned));
            List<Plain> records = new ArrayList<>();
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (consumer.position(assigned) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    records.add(plain(record));
                }
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(assigned + " could not be read to " + end);
                }
            }
            return records;
        }
    }

    private static Plain plain(ConsumerRecord<byte[], byte[]> record) {
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(header.key() + "=" + text(header.value()));
        }
        return new Plain(record.offset(), record.timestamp(), text(record.key()), text(record.value()), headers);
    }

    /** Bytes as text, one character each; null stays null. */
    static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> extra) {
        Map<String, Object> settings = new java.util.HashMap<>(extra);
        settings.put("bootstrap.servers", bootstrap);
        settings.put("key.serializer", ByteArraySerializer.class);
        settings.put("value.serializer", ByteArraySerializer.class);
        settings.put("compression.type", "lz4");
        return new KafkaProducer<>(settings);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        admin.close();
    }
}
