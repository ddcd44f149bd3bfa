package io.segue.e2e.delivery;

import io.segue.e2e.Archives;
import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.job.DeliveryChoice.JournalTopic;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AcknowledgedAppend;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.append.Delivery;
import io.segue.worker.append.Delivery.ContentCheck;
import io.segue.worker.append.EncodedBatch;
import io.segue.worker.append.FencedAppend;
import io.segue.worker.append.RecordChecksum;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.TransactionalAppend;
import io.segue.worker.append.TransactionalTarget;
import io.segue.worker.append.wire.BatchEncoder;
import io.segue.worker.append.wire.KafkaTargetPartition;
import io.segue.worker.append.wire.KafkaTransactionalTarget;
import io.segue.worker.append.wire.KafkaTransactionalTarget.Place;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.Lease;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.lease.TaskJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One target partition, the records that are to get there, and the attempts at it, each as a worker makes them. */
final class DeliveredPartition {
    static final int RECORDS = 60;
    private static final int BATCH = 10;
    private static final String TASK = "orders-0";

    final List<SegmentRecord> records = new ArrayList<>();
    final TopicPartition target;
    private final String topicId;
    private final JournalTopic journal;
    private final String bootstrap;
    private final EventLog<TaskEvent> log;
    private final JobStore jobs;
    private final Terms terms;

    /** The lease's: nobody sends heartbeats here, and what fences do is the question, not what leases do. */
    private static final Time STANDING = new Time() {
        @Override
        public long wallMillis() {
            return 0;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void pause(Duration duration) {}
    };

    /** The process is gone. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** @param firstTimestamp of the records: brokers forget producers by the age of what they wrote */
    DeliveredPartition(
            Terms terms,
            String bootstrap,
            TopicPartition target,
            String topicId,
            JournalTopic journal,
            JobStore jobs,
            long firstTimestamp) {
        this.terms = terms;
        this.bootstrap = bootstrap;
        this.target = target;
        this.topicId = topicId;
        this.journal = journal;
        this.jobs = jobs;
        this.log = jobs.taskLog(target.topic(), TASK);
        for (int i = 0; i < RECORDS; i++) {
            records.add(Archives.record(1_000 + i, firstTimestamp + i, "k" + i, "value-" + i));
        }
    }

    int grant() {
        log.refresh();
        int attempt =
                1 + log.events().stream().mapToInt(TaskEvent::attempt).max().orElse(0);
        log.append(new Granted(attempt, "w", topicId, 0, 0));
        return attempt;
    }

    List<TaskEvent> events() {
        log.refresh();
        return log.events();
    }

    /** Runs an attempt to its end; returns the sealed end of the log. */
    long run(int attempt, AppendSteps steps) throws AttemptOver, InterruptedException {
        EventLog<TaskEvent> own = jobs.taskLog(target.topic(), TASK);
        Granted grant = (Granted) own.events().stream()
                .filter(event -> event instanceof Granted && event.attempt() == attempt)
                .findFirst()
                .orElseThrow();
        TaskJournal its = new TaskJournal(own, grant, Time.system());
        Lease lease = new Lease(STANDING);
        KafkaConnection connection = new KafkaConnection(List.of(bootstrap), java.util.Map.of());
        String client = "contract-" + attempt;
        if (terms == Terms.TRANSACTIONAL) {
            try (TransactionalTarget at = new KafkaTransactionalTarget(
                    connection, new Place(target, topicId, journal, TASK), Time.system(), client, () -> true)) {
                return deliver(
                        new TransactionalAppend(TASK, at, its, gate(lease, its, at::disconnect), steps), its, steps);
            }
        }
        try (TargetPartition at =
                new KafkaTargetPartition(connection, target, topicId, Time.system(), client, () -> true)) {
            LeaseGate gate = gate(lease, its, at::disconnect);
            Delivery delivery = terms == Terms.FENCED
                    ? new FencedAppend(TASK, at, its, gate, Time.system(), steps)
                    : new AcknowledgedAppend(TASK, at, its, gate, steps);
            return deliver(delivery, its, steps);
        }
    }

    private static LeaseGate gate(Lease lease, TaskJournal journal, Runnable lost) {
        return new LeaseGate(lease, journal, Time.system(), () -> false, lost);
    }

    private long deliver(Delivery delivery, TaskJournal its, AppendSteps steps)
            throws AttemptOver, InterruptedException {
        int mapped = (int) its.lastFragment()
                .map(TaskEvent.OfFragment::endOrdinal)
                .orElse(0L)
                .longValue();
        int held = (int) delivery.attach(check());
        for (; mapped < held; mapped++) {
            map(its, mapped, 1, delivery);
        }
        while (held < RECORDS) {
            int count = Math.min(BATCH, RECORDS - held);
            if (delivery.append(batch(held, count), "records from " + held)) {
                held += count;
            } else {
                held = (int) delivery.attach(check());
            }
            map(its, mapped, held - mapped, delivery);
            mapped = held;
            steps.reached(AppendSteps.Step.AFTER_FRAGMENT);
        }
        return delivery.seal(RECORDS, check());
    }

    private void map(TaskJournal its, int from, int count, Delivery delivery) throws AttemptOver.Superseded {
        if (count > 0) {
            Run run = new Run(records.get(from).offset(), delivery.targetOf(from), count);
            its.append(new Mapped(
                    its.grant().attempt(),
                    Fragment.of(new TopicPartition("orders", 0), from, List.of(run), ReadPosition.start(1))));
        }
    }

    private ContentCheck check() {
        return (ordinal, found) -> {
            SegmentRecord record = records.get((int) ordinal);
            int wanted = new RecordChecksum(record.timestamp(), record.key(), record.value()).value();
            if (wanted != found.checksum()) {
                throw new AttemptOver.Broken(TASK, "record " + ordinal + " is another at " + found.offset(), false);
            }
        };
    }

    private EncodedBatch batch(int from, int count) {
        BatchEncoder encoder = new BatchEncoder(BatchCompression.LZ4, 100_000);
        records.subList(from, from + count).forEach(encoder::add);
        return encoder.take();
    }
}
