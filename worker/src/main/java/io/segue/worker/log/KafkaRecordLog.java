package io.segue.worker.log;

import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.vertx.Awaiting;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A partition, read by the Vert.x consumer: no group, no automatic commit or reset. */
public final class KafkaRecordLog implements RecordLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaRecordLog.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    /** Unless the configuration says otherwise. Readers take long stretches of one partition: large fetches pay. */
    private static final Map<String, String> PREFERRED = Map.of(
            "max.partition.fetch.bytes", Integer.toString(8 << 20),
            "fetch.max.bytes", Integer.toString(16 << 20),
            "max.poll.records", "10000",
            "receive.buffer.bytes", Integer.toString(1 << 20));

    /** Whatever the configuration says. */
    private static final Map<String, String> REQUIRED = Map.of(
            "key.deserializer", ByteArrayDeserializer.class.getName(),
            "value.deserializer", ByteArrayDeserializer.class.getName(),
            "enable.auto.commit", "false",
            "allow.auto.create.topics", "false",
            "auto.offset.reset", "none");

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Awaiting awaiting;

    private KafkaRecordLog(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Awaiting awaiting) {
        this.consumer = consumer;
        this.partition = partition;
        this.awaiting = awaiting;
    }

    /** Opens logs of a cluster for their committed records. */
    public static Opener opener(Vertx vertx, KafkaConnection connection) {
        return opener(vertx, connection, "read_committed");
    }

    /** Opens logs of a cluster for all that stands in them, also what belongs to open and aborted transactions. */
    public static Opener ofEverything(Vertx vertx, KafkaConnection connection) {
        return opener(vertx, connection, "read_uncommitted");
    }

    private static Opener opener(Vertx vertx, KafkaConnection connection, String isolation) {
        Map<String, String> settings = new HashMap<>(PREFERRED);
        settings.putAll(connection.with(REQUIRED));
        settings.put("isolation.level", isolation);
        settings.remove("group.id");
        Awaiting awaiting = new Awaiting(connection.bootstrapServers(), ANSWER);
        return (partition, from) -> {
            TopicPartition assigned = new TopicPartition(partition.topic(), partition.partition());
            KafkaRecordLog log = new KafkaRecordLog(KafkaConsumer.create(vertx, settings), assigned, awaiting);
            log.assign(from);
            return log;
        };
    }

    private void assign(long from) {
        try {
            awaiting.await("assign " + named(), consumer.assign(partition));
            seek(from);
        } catch (KafkaFailure e) {
            close();
            throw e;
        }
    }

    private void seek(long offset) {
        awaiting.await("seek in " + named() + " to offset " + offset, consumer.seek(partition, offset));
    }

    @Override
    public Read read() {
        try {
            var polled = awaiting.await("read " + named(), consumer.poll(POLL));
            return new Read.Records(() -> records(polled.records().iterator()), position());
        } catch (KafkaFailure e) {
            if (e.getCause() instanceof OffsetOutOfRangeException) {
                return outOfRange();
            }
            throw e;
        }
    }

    private static Iterator<SegmentRecord> records(Iterator<ConsumerRecord<byte[], byte[]>> polled) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return polled.hasNext();
            }

            @Override
            public SegmentRecord next() {
                return record(polled.next());
            }
        };
    }

    static SegmentRecord record(ConsumerRecord<byte[], byte[]> polled) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : polled.headers()) {
            headers.add(new RecordHeader(header.key(), wrap(header.value())));
        }
        return new SegmentRecord(
                polled.offset(), polled.timestamp(), wrap(polled.key()), wrap(polled.value()), headers);
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private Read outOfRange() {
        long position = position();
        long logStart = awaiting.await("find the first offset of " + named(), consumer.beginningOffsets(partition));
        if (logStart > position) {
            seek(logStart);
        }
        return new Read.OutOfRange(position, logStart);
    }

    private long position() {
        return awaiting.await("ask for the position in " + named(), consumer.position(partition));
    }

    private String named() {
        return partition.getTopic() + "/" + partition.getPartition();
    }

    @Override
    public void close() {
        try {
            new Awaiting(awaiting.cluster(), CLOSE).await("close the consumer of " + named(), consumer.close());
        } catch (KafkaFailure e) {
            // what was read is complete whether or not the brokers hear of the end
            LOG.warn("consumer left open partition={}", named(), e);
        }
    }
}
