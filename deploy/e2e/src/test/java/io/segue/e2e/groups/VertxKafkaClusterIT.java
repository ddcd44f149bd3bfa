package io.segue.e2e.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.CommitResult;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against three real brokers: whatever the port promises. */
class VertxKafkaClusterIT {
    private final TargetCluster target = new TargetCluster();
    private final KafkaCluster cluster = target.cluster;
    private final String topic = TargetCluster.unique("adapter");
    private final TopicPartition first = new TopicPartition(topic, 0);
    private final TopicPartition second = new TopicPartition(topic, 1);

    @AfterEach
    void close() throws Exception {
        target.close();
    }

    @Test
    void topicsAreMadeDescribedAndConfigured() {
        cluster.createTopic(topic, 3, -1, Map.of("retention.ms", "100000", "cleanup.policy", "compact"));

        KafkaCluster.Topic made = found();
        assertEquals(3, made.partitions());
        assertEquals(Map.of("retention.ms", "100000", "cleanup.policy", "compact"), made.configs());
        assertFalse(made.topicId().isEmpty());

        cluster.alterConfigs(
                topic, Map.of("retention.ms", Optional.empty(), "max.message.bytes", Optional.of("2000000")));
        assertEquals(Map.of("cleanup.policy", "compact", "max.message.bytes", "2000000"), found().configs());
        assertEquals(made.topicId(), found().topicId());
    }

    private KafkaCluster.Topic found() {
        return Optional.ofNullable(
                        cluster.topics(List.of(topic, "no-such-topic")).get(topic))
                .orElseThrow();
    }

    @Test
    void aTopicThatExistsIsNotMadeAgain() {
        cluster.createTopic(topic, 1, 1, Map.of());

        KafkaFailure failure = assertThrows(KafkaFailure.class, () -> cluster.createTopic(topic, 1, 1, Map.of()));
        assertFalse(failure.retryable());
        assertTrue(String.valueOf(failure.getMessage()).contains(topic));
    }

    @Test
    void logEndsStableEndsTimesAndOpenTransactionsAreSeen() throws Exception {
        cluster.createTopic(topic, 2, 3, Map.of());
        try (KafkaProducer<String, String> producer =
                target.plain.producer(Map.of("transactional.id", topic + "-tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            for (long i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>(topic, 0, 1_000 * i, "k", "v"))
                        .get();
            }
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, 90_000L, "k", "v")).get();

            assertEquals(
                    Map.of(first, new LogRange(0, 12, 11), second, new LogRange(0, 0, 0)),
                    cluster.logRanges(List.of(first, second)));
            assertEquals(Map.of(first, 6L), cluster.offsetsForTime(List.of(first, second), 5_500));
            Map<TopicPartition, Integer> leaders = cluster.leaders(List.of(topic, "no-such-topic"));
            assertEquals(Set.of(first, second), leaders.keySet());
            assertNotEquals(
                    leaders.get(first), leaders.get(second), "a new topic's leaders are spread over the brokers");
            KafkaCluster.OpenTransaction open =
                    cluster.openTransactions(List.of(first, second)).get(0);
            assertEquals(first, open.partition());
            assertEquals(11, open.firstOffset());
            assertEquals(Optional.of(topic + "-tx"), open.transactionalId());
            producer.abortTransaction();
        }
        // The coordinator answers an abort before its marker has reached the partition, and the stable end trails the
        // marker.
        Map<TopicPartition, LogRange> ended = Map.of(first, new LogRange(0, 13, 13), second, new LogRange(0, 0, 0));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!cluster.logRanges(List.of(first, second)).equals(ended) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(ended, cluster.logRanges(List.of(first, second)));
        assertEquals(List.of(), cluster.openTransactions(List.of(first, second)));
    }

    @Test
    void aCommitMakesAnEmptyClassicGroupAndEveryPartitionHasItsOwnResult() {
        cluster.createTopic(topic, 3, 1, Map.of());
        String group = TargetCluster.unique("made");
        assertEquals(
                new Group(group, "Dead", "none", List.of()),
                cluster.groups(List.of(group)).get(group));
        assertEquals(new GroupCommits(group, Map.of()), cluster.commits(group));
        TopicPartition unknown = new TopicPartition(TargetCluster.unique("unknown"), 0);
        TopicPartition tooLarge = new TopicPartition(topic, 2);

        Map<TopicPartition, CommitResult> results = cluster
                .commit(new GroupCommits(
                        group,
                        Map.of(
                                first, new Commit(5, "kept"),
                                second, new Commit(7_000_000, null),
                                unknown, new Commit(1, null),
                                tooLarge, new Commit(1, "x".repeat(5_000)))))
                .stream()
                .collect(Collectors.toMap(CommitResult::partition, result -> result));

        assertEquals(new CommitResult(first, Optional.empty(), false), results.get(first));
        assertEquals(new CommitResult(second, Optional.empty(), false), results.get(second));
        assertTrue(String.valueOf(results.get(unknown)).contains("does not exist"), results.toString());
        assertTrue(String.valueOf(results.get(tooLarge)).contains("offset.metadata.max.bytes"), results.toString());
        assertEquals(
                Map.of(first, new Commit(5, "kept"), second, new Commit(7_000_000, null)),
                cluster.commits(group).commits());
        assertEquals(
                new Group(group, "Empty", "classic", List.of()),
                cluster.groups(List.of(group)).get(group));
        assertTrue(cluster.groupIds().contains(group));
    }

    @Test
    void deletedCommitsAreGoneAlsoOfGroupsThatNeverWere() {
        cluster.createTopic(topic, 2, 1, Map.of());
        String group = TargetCluster.unique("deleted");
        cluster.commit(new GroupCommits(group, Map.of(first, new Commit(5, null), second, new Commit(6, null))));

        cluster.deleteCommits(group, Set.of(first));
        assertEquals(Map.of(second, new Commit(6, null)), cluster.commits(group).commits());
        assertEquals(
                List.of(new CommitResult(first, Optional.empty(), false)),
                cluster.deleteCommits(TargetCluster.unique("never"), Set.of(first)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aGroupWithAMemberIsNotIdleAndRefusesCommits(String protocol) throws Exception {
        cluster.createTopic(topic, 2, 1, Map.of());
        target.plain.produce(topic, 0, 0, 5);
        String group = TargetCluster.unique(protocol);
        try (KafkaConsumer<String, String> consumer = target.plain.consumer(group, protocol)) {
            consumer.subscribe(List.of(topic));
            PlainKafka.next(consumer);
            consumer.commitSync();

            Group active = Optional.ofNullable(cluster.groups(List.of(group)).get(group))
                    .orElseThrow();
            assertFalse(active.idle());
            assertEquals(protocol, active.type());
            assertEquals(1, active.members().size());
            CommitResult refused = cluster.commit(new GroupCommits(group, Map.of(first, new Commit(4, null))))
                    .get(0);
            assertTrue(refused.error().orElse("").contains("active members"), refused.toString());
            assertEquals(1, committedOnFirst(group));
        }
        cluster.commit(new GroupCommits(group, Map.of(first, new Commit(4, null))));
        assertEquals(4, committedOnFirst(group));
    }

    private long committedOnFirst(String group) {
        return Optional.ofNullable(cluster.commits(group).commits().get(first))
                .orElseThrow()
                .offset();
    }

    @Test
    void manyUnknownGroupsAreAnsweredTogether() {
        List<String> ids = java.util.stream.IntStream.range(0, 120)
                .mapToObj(i -> topic + "-" + i)
                .toList();

        assertTrue(cluster.groups(ids).values().stream().allMatch(Group::idle));
        assertEquals(120, cluster.groups(ids).size());
    }

    @Test
    void committedOffsetsOfManyGroupsComeTogetherAndTheirCoordinatorsAreKnown() throws Exception {
        cluster.createTopic(topic, 2, 1, Map.of());
        List<String> ids = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> topic + "-" + i)
                .toList();
        ids.forEach(id -> cluster.commit(new GroupCommits(id, Map.of(first, new Commit(1, "of " + id)))));

        Map<String, GroupCommits> found = cluster.commits(ids);

        assertEquals(Set.copyOf(ids), found.keySet());
        assertEquals(
                new GroupCommits(ids.get(7), Map.of(first, new Commit(1, "of " + ids.get(7)))), found.get(ids.get(7)));
        assertEquals(coordinators(ids), cluster.coordinators(ids));
    }

    /** Leaders of the partitions that the groups' offsets are in, wherever other tests have moved them. */
    private Map<String, Integer> coordinators(List<String> ids) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", target.servers))) {
            TopicDescription offsets = admin.describeTopics(List.of("__consumer_offsets"))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next();
            int count = offsets.partitions().size();
            return ids.stream()
                    .collect(Collectors.toMap(
                            id -> id,
                            id -> offsets.partitions()
                                    .get(Utils.abs(id.hashCode()) % count)
                                    .leader()
                                    .id()));
        }
    }

    @Test
    void aRecordsTimeIsReadAtItsOffsetAndTheEndHasNone() throws Exception {
        cluster.createTopic(topic, 2, 1, Map.of());
        long before = System.currentTimeMillis();
        target.plain.produce(topic, 0, 0, 5);

        Map<TopicPartition, Long> times = cluster.recordTimes(Map.of(first, 3L, second, 0L));

        assertEquals(Set.of(first), times.keySet());
        assertTrue(times.getOrDefault(first, 0L) >= before, times.toString());
        assertTrue(cluster.brokerConfigs().containsKey("offsets.retention.minutes"));
    }

    @Test
    void aStaticMemberIsNamed() throws Exception {
        cluster.createTopic(topic, 2, 1, Map.of());
        target.plain.produce(topic, 0, 0, 5);
        String group = TargetCluster.unique("static");
        try (KafkaConsumer<String, String> consumer = target.plain.consumer(group, "classic", "instance-7")) {
            consumer.subscribe(List.of(topic));
            PlainKafka.next(consumer);
        }

        Group left =
                Optional.ofNullable(cluster.groups(List.of(group)).get(group)).orElseThrow();
        assertFalse(left.idle());
        assertTrue(left.members().get(0).endsWith("(static member instance-7)"), left.toString());
    }
}
