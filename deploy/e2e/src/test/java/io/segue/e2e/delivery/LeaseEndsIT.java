package io.segue.e2e.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.Archives;
import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.time.Time;
import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.process.SharedSandbox;
import io.segue.worker.append.AppendReply;
import io.segue.worker.append.WriterId;
import io.segue.worker.append.wire.BatchEncoder;
import io.segue.worker.append.wire.KafkaTargetPartition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** While a broker does not answer, the lease of the attempt that waits for it ends. */
class LeaseEndsIT {
    private final BrokerCluster brokers = SharedSandbox.get().target().orElseThrow();

    @Test
    void aWriteIsGivenUpWithItsLease() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        try (KafkaTargetPartition partition = new KafkaTargetPartition(
                new KafkaConnection(List.of(brokers.bootstrapServers()), Map.of()),
                new TopicPartition("lease-ends", 0),
                topic("lease-ends"),
                Time.system(),
                "lease-ends",
                () -> looks.incrementAndGet() < 8)) {
            WriterId writer = partition.nextWriter();
            assertTrue(partition.connect());
            BatchEncoder encoder = new BatchEncoder(BatchCompression.NONE, 1_000);
            encoder.add(Archives.record(0, 1_000, "k", "v"));
            long began = System.nanoTime();
            AppendReply reply;
            brokers.suspend(0);
            try {
                reply = partition.append(writer, 0, encoder.take());
            } finally {
                brokers.resume(0);
            }

            assertInstanceOf(AppendReply.Unknown.class, reply);
            assertEquals(8, looks.get());
            assertTrue(
                    Duration.ofNanos(System.nanoTime() - began).toSeconds() < 20,
                    "it did not wait for the time limit of the request");
        }
    }

    private String topic(String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers.bootstrapServers()))) {
            return admin.createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                    .topicId(name)
                    .get(30, TimeUnit.SECONDS)
                    .toString();
        }
    }
}
