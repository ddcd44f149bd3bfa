package io.segue.e2e.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.proof.Clients;
import io.segue.e2e.proof.Comparison;
import io.segue.e2e.proof.Examination;
import io.segue.e2e.proof.GroupMember;
import io.segue.e2e.proof.LogReader;
import io.segue.e2e.proof.LogReader.Contents;
import io.segue.e2e.proof.Proof;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The checker of the chaos runs bites: a plain producer that dies between sending and its checkpoint doubles records. */
class PlainDeliveryIT {
    private static final String TOPIC = "plain-delivery";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final int RECORDS = 1_000;
    private static final int CHECKPOINT = 600;
    private static final int DEATH = 650;
    /** An hour ago: what is older than the retention may go at any time. */
    private final long begin = System.currentTimeMillis() - 3_600_000L;

    private final Sandbox sandbox = SharedSandbox.get();
    private final String source = sandbox.source().bootstrapServers();
    private final String target = sandbox.target().orElseThrow().bootstrapServers();

    @Test
    void reportsTheDuplicatesOfAPlainProducerThatIsStartedAgain() throws Exception {
        for (String bootstrap : List.of(source, target)) {
            try (Admin admin = Clients.admin(bootstrap)) {
                Clients.await(admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                        .all());
            }
        }
        send(source, 0, RECORDS);
        new GroupMember(source).commit("plain-reader", Map.of(PARTITION, 800L));
        Contents wanted = new LogReader(source).read(List.of(PARTITION), IsolationLevel.READ_COMMITTED);

        send(target, 0, RECORDS);
        new GroupMember(target).commit("plain-reader", Map.of(PARTITION, 800L));
        assertTrue(examine(wanted).exact(), "a delivery that nothing disturbed");

        try (Admin admin = Clients.admin(target)) {
            Clients.await(admin.deleteRecords(
                            Map.of(PARTITION, org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(RECORDS)))
                    .all());
        }
        send(target, 0, DEATH);
        send(target, CHECKPOINT, RECORDS);
        new GroupMember(target).commit("plain-reader", Map.of(PARTITION, RECORDS + 800L));
        Proof proof = examine(wanted);

        Comparison sum = proof.sum();
        assertEquals(2 * (DEATH - CHECKPOINT), sum.duplicates(), "with either isolation level");
        assertEquals(0, sum.lost() + sum.foreign());
        assertEquals(0, proof.exactGroups());
        assertFalse(proof.exact());
    }

    private Proof examine(Contents wanted) throws InterruptedException {
        return new Examination(source, target, Set.of(TOPIC), Map.of("plain-reader", List.of(PARTITION)))
                .examine(wanted, line -> {});
    }

    private void send(String bootstrap, int from, int to) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = Clients.producer(bootstrap, Map.of())) {
            for (int i = from; i < to; i++) {
                producer.send(new ProducerRecord<>(TOPIC, 0, begin + i, key(i), key(i * 7)))
                        .get();
            }
        }
    }

    private static byte[] key(int number) {
        return Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    }
}
