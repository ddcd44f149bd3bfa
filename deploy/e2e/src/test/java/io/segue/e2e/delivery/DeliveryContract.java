package io.segue.e2e.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.audit.PartitionAudit;
import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.e2e.Oracle;
import io.segue.e2e.PlainReader;
import io.segue.e2e.delivery.DeliveredPartition.Death;
import io.segue.protocol.job.DeliveryChoice.JournalTopic;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Aborted;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.append.AppendSteps.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every delivery keeps of what it states, on one version of brokers. */
abstract class DeliveryContract {
    private static final Duration OLD = Duration.ofDays(40);

    @TempDir
    private Path directory = Path.of("");

    private Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()));

    /** Of the brokers under test. */
    abstract String bootstrap();

    /** Kills the only broker and starts it again. */
    abstract void restartBroker();

    @BeforeEach
    void open() {
        admin.close();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap()));
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @ParameterizedTest
    @EnumSource(Terms.class)
    void undisturbedEveryReaderSeesEachRecordOnce(Terms terms) throws Exception {
        DeliveredPartition partition = partition(terms, "calm", OLD);

        long end = partition.run(partition.grant(), step -> {});

        for (String isolation : List.of("read_committed", "read_uncommitted")) {
            Oracle.assertSame(partition.records, read(partition, isolation));
        }
        Verdict verdict = assertAudited(partition, terms, end);
        assertTrue(verdict.proven(), () -> String.valueOf(verdict));
    }

    /** Every step of one attempt, then the same step of the next one; the third goes to the end. */
    @ParameterizedTest
    @EnumSource(Terms.class)
    void whoeverDiesWheneverTheTermsHold(Terms terms) throws Exception {
        List<Step> steps = new ArrayList<>(List.of(
                Step.BEFORE_ATTACH_JOURNALED,
                Step.AFTER_ATTACH_JOURNALED,
                Step.BEFORE_PRODUCE,
                Step.AFTER_PRODUCE,
                Step.AFTER_FRAGMENT));
        if (terms == Terms.TRANSACTIONAL) {
            steps.addAll(List.of(Step.AFTER_FENCE, Step.BEFORE_COMMIT, Step.AFTER_COMMIT));
        }
        for (int s = 0; s < steps.size(); s++) {
            Step step = steps.get(s);
            DeliveredPartition partition = partition(terms, step.name(), s % 2 == 0 ? OLD : Duration.ZERO);
            for (int i = 0; i < 2; i++) {
                int attempt = partition.grant();
                assertThrows(Death.class, () -> partition.run(attempt, dyingAt(step, 1)));
            }
            long end = partition.run(partition.grant(), any -> {});
            assertTerms(partition, terms, end);
        }
    }

    /** An attempt sleeps between its lease and its write while the next one does all there is to do. */
    @ParameterizedTest
    @EnumSource(Terms.class)
    void aSleeperThatWakesBreaksNoTerms(Terms terms) throws Exception {
        for (Step step : List.of(Step.BEFORE_PRODUCE, Step.AFTER_PRODUCE)) {
            DeliveredPartition partition = partition(terms, "sleeper-" + step, Duration.ZERO);
            List<Long> ends = new ArrayList<>();
            int sleeper = partition.grant();
            assertThrows(
                    Exception.class,
                    () -> partition.run(sleeper, at -> {
                        if (at == step && ends.isEmpty()) {
                            ends.add(uninterrupted(partition, partition.grant()));
                        }
                    }),
                    "it finds that it was superseded");
            long end = ends.get(0);
            assertTerms(partition, terms, end);
            if (terms.keepsSleepersOut) {
                assertEquals(
                        DeliveredPartition.RECORDS,
                        read(partition, "read_committed").size());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Terms.class)
    void aBrokerThatDiesAfterItWroteBreaksNoTerms(Terms terms) throws Exception {
        DeliveredPartition partition = partition(terms, "broker", OLD);
        int[] produced = {0};

        long end = partition.run(partition.grant(), step -> {
            if (step == Step.BEFORE_PRODUCE && ++produced[0] == 3) {
                restartBroker();
            }
        });

        assertTerms(partition, terms, end);
    }

    /** What could not be rolled forward in time: only transactions leave such records, and say where. */
    @ParameterizedTest
    @EnumSource(value = Terms.class, names = "TRANSACTIONAL")
    void whatWasAbortedIsNamed(Terms terms) throws Exception {
        DeliveredPartition partition = partition(terms, "aborted", OLD);
        int first = partition.grant();
        assertThrows(Death.class, () -> partition.run(first, dyingAt(Step.BEFORE_COMMIT, 2)));
        String topicId = partition.events().stream()
                .filter(TaskEvent.Granted.class::isInstance)
                .map(event -> ((TaskEvent.Granted) event).topicId())
                .findFirst()
                .orElseThrow();
        // as the coordinator does when the transaction has timed out
        admin.fenceProducers(List.of("segue-" + topicId + "-0")).all().get(30, TimeUnit.SECONDS);

        long end = partition.run(partition.grant(), step -> {});

        assertTerms(partition, terms, end);
        assertEquals(
                List.of(new Aborted(2, 11, 21)),
                partition.events().stream().filter(Aborted.class::isInstance).toList());
        assertEquals(
                DeliveredPartition.RECORDS + 10,
                read(partition, "read_uncommitted").size(),
                "readers of uncommitted data see them");
        assertTrue(assertAudited(partition, terms, end).remarks().toString().contains("offsets 11 to 20"));
    }

    private static long uninterrupted(DeliveredPartition partition, int attempt) {
        try {
            return partition.run(attempt, step -> {});
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static AppendSteps dyingAt(Step deadly, int occurrence) {
        int[] reached = {0};
        return step -> {
            if (step == deadly && ++reached[0] == occurrence) {
                throw new Death();
            }
        };
    }

    private void assertTerms(DeliveredPartition partition, Terms terms, long end) {
        for (String isolation : List.of("read_committed", "read_uncommitted")) {
            List<ConsumerRecord<byte[], byte[]>> found = read(partition, isolation);
            if (terms.exactFor(isolation)) {
                Oracle.assertSame(partition.records, found);
            } else {
                assertNothingLost(partition.records, found);
            }
        }
        assertAudited(partition, terms, end);
    }

    private static void assertNothingLost(List<SegmentRecord> wanted, List<ConsumerRecord<byte[], byte[]>> found) {
        Set<Long> seen = new HashSet<>();
        List<ConsumerRecord<byte[], byte[]>> firsts =
                found.stream().filter(record -> seen.add(record.timestamp())).toList();
        Oracle.assertSame(wanted, firsts);
    }

    /** The audit says what is there: proven, or how much is there again. */
    private Verdict assertAudited(DeliveredPartition partition, Terms terms, long end) {
        List<TaskEvent> events = new ArrayList<>(partition.events());
        events.add(new Sealed(9, DeliveredPartition.RECORDS, end, 0));
        List<Fragment> fragments = events.stream()
                .filter(Mapped.class::isInstance)
                .map(event -> ((Mapped) event).fragment())
                .toList();
        RestoreTask task =
                RestoreTask.of("orders-0", new TopicPartition("orders", 0), partition.target, List.of(), 0, 0);
        Verdict verdict = PartitionAudit.audit(task, 0, events, fragments, new LogRange(0, end, end), terms.mode);
        long surplus = read(partition, "read_uncommitted").stream()
                        .filter(record -> record.offset() < end)
                        .count()
                - DeliveredPartition.RECORDS;
        if (terms == Terms.AT_LEAST_ONCE) {
            assertEquals(surplus, verdict.repeated(), () -> String.valueOf(verdict));
            assertEquals(surplus == 0, verdict.proven());
        } else {
            assertTrue(verdict.proven(), () -> String.valueOf(verdict.unprovenBecause()));
        }
        assertMapping(partition, fragments);
        return verdict;
    }

    /** Every record stands where its fragment says. */
    private void assertMapping(DeliveredPartition partition, List<Fragment> fragments) {
        Map<Long, Long> timestamps = new java.util.HashMap<>();
        read(partition, "read_committed").forEach(record -> timestamps.put(record.offset(), record.timestamp()));
        for (Fragment fragment : fragments) {
            for (Fragment.Stretch stretch : fragment.stretches()) {
                for (int i = 0; i < stretch.run().length(); i++) {
                    assertEquals(
                            partition.records.get((int) stretch.ordinal() + i).timestamp(),
                            timestamps.get(stretch.run().target() + i),
                            "record " + (stretch.ordinal() + i));
                }
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(DeliveredPartition partition, String isolation) {
        return PlainReader.read(bootstrap(), partition.target.topic(), 0, isolation);
    }

    private DeliveredPartition partition(Terms terms, String name, Duration age) throws Exception {
        String topic = ("contract-" + terms + "-" + name)
                .toLowerCase(java.util.Locale.ROOT)
                .replace('_', '-');
        String journal = JournalTopic.PREFIX + topic;
        Map<String, String> keep = Map.of("retention.ms", "-1");
        var created = admin.createTopics(List.of(
                new NewTopic(topic, 1, (short) 1).configs(keep), new NewTopic(journal, 1, (short) 1).configs(keep)));
        return new DeliveredPartition(
                terms,
                bootstrap(),
                new TopicPartition(topic, 0),
                id(created.topicId(topic)),
                new JournalTopic(journal, id(created.topicId(journal)), 1),
                new JobStore(new FileStore(directory.resolve(topic))),
                Instant.now().minus(age).toEpochMilli());
    }

    private static String id(org.apache.kafka.common.KafkaFuture<org.apache.kafka.common.Uuid> id)
            throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        return id.get(30, TimeUnit.SECONDS).toString();
    }
}
