package io.segue.protocol.kafka.vertx;

import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the headers of a partition's committed records, outside of any group; memory holds one fetch. */
public final class HeaderReader {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, String> REQUIRED = Map.of(
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "allow.auto.create.topics", "false",
            "auto.offset.reset", "none",
            "max.partition.fetch.bytes", Integer.toString(4 << 20),
            "key.deserializer", ByteArrayDeserializer.class.getName(),
            "value.deserializer", ByteArrayDeserializer.class.getName());

    private final KafkaConnection connection;

    public HeaderReader(KafkaConnection connection) {
        this.connection = connection;
    }

    /** Takes records in, in the order of their offsets. */
    @FunctionalInterface
    public interface Visitor {
        void record(long offset, List<RecordHeader> headers);
    }

    /**
     * Reads a stretch of a log.
     *
     * @param end exclusive; not beyond the last stable offset
     * @throws KafkaFailure if the cluster does not answer, or gives nothing for a minute
     */
    public void read(TopicPartition partition, long from, long end, Visitor visitor) {
        if (from >= end) {
            return;
        }
        Map<String, Object> settings = new HashMap<>(connection.with(REQUIRED));
        settings.remove("group.id");
        var assigned = Partitions.toNative(partition);
        String what = "read the headers of " + partition;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            consumer.assign(List.of(assigned));
            consumer.seek(assigned, from);
            long position = from;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (position < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < end) {
                        visitor.record(record.offset(), headers(record));
                    }
                }
                long now = consumer.position(assigned);
                if (now > position) {
                    position = now;
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() - deadline > 0) {
                    throw new KafkaFailure(
                            "Kafka cluster " + connection.bootstrapServers() + ": could not " + what
                                    + ": nothing came for " + PATIENCE.toSeconds() + " s at offset " + position,
                            true,
                            null);
                }
            }
        } catch (KafkaException e) {
            throw KafkaErrors.failure(connection.bootstrapServers(), what, e);
        }
    }

    private static List<RecordHeader> headers(ConsumerRecord<byte[], byte[]> record) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            byte @Nullable [] value = header.value();
            headers.add(new RecordHeader(header.key(), value == null ? null : ByteBuffer.wrap(value)));
        }
        return headers;
    }
}
