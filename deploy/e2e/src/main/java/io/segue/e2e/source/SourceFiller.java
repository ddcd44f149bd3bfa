package io.segue.e2e.source;

import io.segue.e2e.proof.Clients;
import io.segue.e2e.proof.Deadline;
import io.segue.e2e.proof.LogReader;
import io.segue.e2e.proof.RunFailure;
import io.segue.e2e.proof.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** Makes the topics of the source and gives them a history: aborted transactions, compaction, deleted beginnings. */
public final class SourceFiller {
    private static final int RECORDS_OF_A_TRANSACTION = 150;
    private static final int ABORTED_OF = 5;
    private static final int BATCHES = 30;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final Duration COMPACTION_LIMIT = Duration.ofSeconds(60);

    /** A broker forgets an idempotent producer by the age of its records: with old ones it refuses what follows. */
    private static final Map<String, Object> PLAIN =
            Map.of("enable.idempotence", "false", "max.in.flight.requests.per.connection", "1");

    private final String bootstrap;
    private final Period period;

    /** @param period of the records */
    public SourceFiller(String bootstrap, Period period) {
        this.bootstrap = bootstrap;
        this.period = period;
    }

    public void fill(List<TopicSpec> topics) throws InterruptedException {
        try (Admin admin = Clients.admin(bootstrap)) {
            Clients.await(admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                                    .configs(topic.configs(period)))
                            .toList())
                    .all());
            for (TopicSpec topic : topics) {
                write(topic);
                switch (topic.kind()) {
                    case ORDERS -> deleteBeginning(admin, topic);
                    case CUSTOMERS -> awaitCompaction(admin, topic);
                    case PAYMENTS, LEDGER -> {}
                }
            }
        }
    }

    private void write(TopicSpec topic) {
        boolean transactions = topic.kind() == TopicSpec.Kind.LEDGER;
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = Clients.producer(
                bootstrap, transactions ? Map.of("transactional.id", "filler-" + topic.name()) : PLAIN)) {
            if (transactions) {
                producer.initTransactions();
            }
            Events events = new Events(topic, period);
            int step = step(topic, transactions);
            for (int from = 0; from < topic.records(); from += step) {
                if (transactions) {
                    producer.beginTransaction();
                }
                for (int i = from; i < Math.min(from + step, topic.records()); i++) {
                    var unused = producer.send(events.event(i), (sent, failed) -> failure.compareAndSet(null, failed));
                }
                producer.flush();
                if (transactions) {
                    end(producer, from / step);
                }
            }
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new RunFailure("the source did not take a record of " + topic.name() + ": " + failed, failed);
        }
    }

    /** Records between two flushes. A log rolls between batches only, and the cleaner leaves the last segment alone. */
    private static int step(TopicSpec topic, boolean transactions) {
        if (transactions) {
            return RECORDS_OF_A_TRANSACTION;
        }
        return topic.compacted() ? Math.max(1, topic.records() / BATCHES) : topic.records();
    }

    private static void end(KafkaProducer<byte[], byte[]> producer, int transaction) {
        if (transaction % ABORTED_OF == ABORTED_OF / 2) {
            producer.abortTransaction();
        } else {
            producer.commitTransaction();
        }
    }

    /** As retention would have: the offsets of the source do not begin at 0, those of the target will. */
    private void deleteBeginning(Admin admin, TopicSpec topic) throws InterruptedException {
        long each = topic.records() / topic.partitions() / 20;
        Clients.await(admin.deleteRecords(topic.topicPartitions().stream()
                        .collect(Collectors.toMap(
                                partition -> partition,
                                partition -> RecordsToDelete.beforeOffset(each + partition.partition()))))
                .all());
    }

    /** Returns when compaction has left gaps in each partition and is over, and holds it back from then on. */
    private void awaitCompaction(Admin admin, TopicSpec topic) throws InterruptedException {
        Deadline deadline = Deadline.in(COMPACTION_LIMIT);
        while (!eachHasGaps(topic)) {
            LockSupport.parkNanos(PAUSE_NANOS);
            deadline.check(() -> "the broker did not compact " + topic.name());
        }
        Clients.await(admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("min.compaction.lag.ms", TopicSpec.COMPACTION_HELD_BACK),
                                AlterConfigOp.OpType.SET))))
                .all());
        long before = -1;
        for (long count = count(topic); count != before; count = count(topic)) {
            before = count;
            LockSupport.parkNanos(PAUSE_NANOS);
            deadline.check(() -> "the broker does not stop compacting " + topic.name());
        }
    }

    private boolean eachHasGaps(TopicSpec topic) {
        LogReader.Contents contents = read(topic);
        return topic.topicPartitions().stream().allMatch(partition -> hasGap(contents.of(partition)));
    }

    private static boolean hasGap(List<Seen> records) {
        return !records.isEmpty()
                && records.get(records.size() - 1).offset() - records.get(0).offset() >= records.size();
    }

    private long count(TopicSpec topic) {
        return read(topic).count();
    }

    private LogReader.Contents read(TopicSpec topic) {
        List<TopicPartition> partitions = topic.topicPartitions();
        return new LogReader(bootstrap).read(partitions, IsolationLevel.READ_UNCOMMITTED);
    }
}
