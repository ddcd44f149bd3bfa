package io.segue.worker.backup;

import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.vertx.Awaiting;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source partition, read by the Vert.x consumer: committed records only, no group, no automatic commit or reset. */
final class KafkaSourceLog implements SourceLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSourceLog.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    /** Unless the configuration says otherwise. A backup reads long stretches of one partition: large fetches pay. */
    private static final Map<String, String> PREFERRED = Map.of(
            "max.partition.fetch.bytes", Integer.toString(8 << 20),
            "fetch.max.bytes", Integer.toString(16 << 20),
            "max.poll.records", "10000",
            "receive.buffer.bytes", Integer.toString(1 << 20));

    /** Whatever the configuration says. */
    private static final Map<String, String> REQUIRED = Map.of(
            "key.deserializer", ByteArrayDeserializer.class.getName(),
            "value.deserializer", ByteArrayDeserializer.class.getName(),
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "allow.auto.create.topics", "false",
            "auto.offset.reset", "none");

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Awaiting awaiting;

    private KafkaSourceLog(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Awaiting awaiting) {
        this.consumer = consumer;
        this.partition = partition;
        this.awaiting = awaiting;
    }

    static Opener opener(Vertx vertx, KafkaConnection connection, Duration answerWithin) {
        Map<String, String> settings = new HashMap<>(PREFERRED);
        settings.putAll(connection.with(REQUIRED));
        settings.remove("group.id");
        Awaiting awaiting = new Awaiting(connection.bootstrapServers(), answerWithin);
        return (partition, from) -> {
            TopicPartition assigned = new TopicPartition(partition.topic(), partition.partition());
            KafkaSourceLog log = new KafkaSourceLog(KafkaConsumer.create(vertx, settings), assigned, awaiting);
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
            return new Read.Records(polled.records(), position());
        } catch (KafkaFailure e) {
            if (e.getCause() instanceof OffsetOutOfRangeException) {
                return outOfRange();
            }
            throw e;
        }
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
