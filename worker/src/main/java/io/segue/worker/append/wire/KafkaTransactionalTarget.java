package io.segue.worker.append.wire;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.job.DeliveryChoice.JournalTopic;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AppendReply;
import io.segue.worker.append.EncodedBatch;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.append.TargetPartition.TailRecord;
import io.segue.worker.append.TransactionalTarget;
import io.segue.worker.append.WriterId;
import io.segue.worker.append.wire.Retrying.Again;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.internal.Record;

/** Transactions over a target partition of a real cluster and a partition of the journal topic. */
public final class KafkaTransactionalTarget implements TransactionalTarget {
    /** What brokers allow at most unless they are told otherwise: so long can what was left open be rolled forward. */
    private static final int TRANSACTION_TIMEOUT_MS = 15 * 60_000;

    /** The end of a transaction takes some milliseconds, and the next one waits for it. */
    private static final Backoff SOON = new Backoff(Duration.ofMillis(2), Duration.ofSeconds(1), 60);

    private static final int ENTRY_BYTES = 16_384;

    private final TopicPartition partition;
    private final TopicPartition journal;
    private final ByteBuffer task;
    private final Time time;
    private final BrokerLink link;
    private final Routes targetRoutes;
    private final Routes journalRoutes;
    private final PartitionLog targetLog;
    private final CommittedReading targetReading;
    private final CommittedReading journalReading;
    private final PartitionWriter targetWriter;
    private final PartitionWriter journalWriter;
    private final String transactionalId;
    private final TransactionalId transactions;
    private final Retrying retrying;

    /**
     * Which partitions.
     *
     * @param topicId of the target, base64
     * @param taskId whose entries are written and read
     */
    public record Place(TopicPartition target, String topicId, JournalTopic journal, String taskId) {}

    /** @param leased as of {@link KafkaTargetPartition} */
    public KafkaTransactionalTarget(
            KafkaConnection connection, Place place, Time time, String clientId, BooleanSupplier leased) {
        Uuid id = Uuid.fromString(place.topicId());
        Uuid journalId = Uuid.fromString(place.journal().topicId());
        this.time = time;
        this.partition = place.target();
        this.journal = place.journal().of(place.taskId());
        this.task = ByteBuffer.wrap(place.taskId().getBytes(StandardCharsets.UTF_8));
        this.transactionalId = KafkaTargetPartition.transactionalId(partition, place.topicId());
        this.link = new BrokerLink(connection, clientId, KafkaTargetPartition.REQUEST_TIMEOUT_MS);
        this.retrying = new Retrying(time);
        this.targetRoutes = new Routes(link, partition, id, transactionalId);
        this.journalRoutes = new Routes(link, journal, journalId, transactionalId);
        this.targetLog = new PartitionLog(link, targetRoutes, partition, id);
        this.targetReading = new CommittedReading(targetLog);
        this.journalReading = new CommittedReading(new PartitionLog(link, journalRoutes, journal, journalId));
        this.targetWriter = new PartitionWriter(link, targetRoutes, partition, id, leased);
        this.journalWriter = new PartitionWriter(link, journalRoutes, journal, journalId, leased);
        this.transactions = new TransactionalId(transactionalId, link, targetRoutes, new Retrying(time, SOON));
    }

    @Override
    public Optional<WriterId> rollForward() {
        return transactions.commitOpen();
    }

    @Override
    public WriterId nextWriter() {
        return transactions.next(TRANSACTION_TIMEOUT_MS);
    }

    @Override
    public List<Placed> journaled(long ordinal) {
        List<Placed> all = retrying.until("journal " + journal, () -> journalReading.committed(this::entry));
        List<Placed> wanted = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).endOrdinal() > ordinal || i == all.size() - 1) {
                wanted.add(all.get(i));
            }
        }
        return wanted;
    }

    private Stream<Placed> entry(Record record) {
        if (!task.equals(record.key())) {
            return Stream.empty();
        }
        String[] numbers =
                StandardCharsets.UTF_8.decode(record.value()).toString().split(" ", 3);
        return Stream.of(
                new Placed(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Integer.parseInt(numbers[2])));
    }

    @Override
    public Tail tail(long from, Set<Long> producerIds) {
        return retrying.until("log of " + partition, () -> targetReading.tail(from, producerIds));
    }

    @Override
    public Optional<TailRecord> recordAt(long offset) {
        return retrying.until(
                "record at offset " + offset + " of " + partition, () -> targetLog.lastRecord(offset, offset + 1));
    }

    @Override
    public boolean connect() {
        return targetWriter.connect() && journalWriter.connect();
    }

    @Override
    public void begin(WriterId writer) {
        transactions.add(writer, List.of(kafka(partition), kafka(journal)));
    }

    @Override
    public AppendReply append(WriterId writer, int baseSequence, EncodedBatch batch) {
        return targetWriter.append(batch.stamped(writer, baseSequence, true), transactionalId);
    }

    @Override
    public boolean note(WriterId writer, int sequence, Placed entry) {
        return noted(writer, sequence, List.of(entry)) instanceof AppendReply.Acknowledged;
    }

    @Override
    public void record(WriterId writer, List<Placed> entries) {
        transactions.add(writer, List.of(kafka(journal)));
        if (!journalWriter.connect() || !(noted(writer, 0, entries) instanceof AppendReply.Acknowledged)) {
            throw new TargetFailure("the journal " + journal + " could not be written", true, null);
        }
        transactions.commit(writer);
    }

    private AppendReply noted(WriterId writer, int sequence, List<Placed> entries) {
        BatchEncoder encoder = new BatchEncoder(BatchCompression.NONE, ENTRY_BYTES);
        for (Placed entry : entries) {
            String text = entry.ordinal() + " " + entry.offset() + " " + entry.count();
            encoder.add(new SegmentRecord(
                    0,
                    time.wallMillis(),
                    task.duplicate(),
                    ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
                    List.of()));
        }
        return journalWriter.append(encoder.take().stamped(writer, sequence, true), transactionalId);
    }

    @Override
    public void commit(WriterId writer) {
        transactions.commit(writer);
    }

    @Override
    public long endAt(long offset) {
        return retrying.until("log end of " + partition, () -> {
            long end = targetLog.highWatermark();
            if (end < offset) {
                throw new Again("it ends at " + end + ", before " + offset);
            }
            return end;
        });
    }

    @Override
    public void disconnect() {
        targetRoutes.disconnect();
        journalRoutes.disconnect();
    }

    @Override
    public void close() {
        link.close();
    }

    private static org.apache.kafka.common.TopicPartition kafka(TopicPartition partition) {
        return new org.apache.kafka.common.TopicPartition(partition.topic(), partition.partition());
    }
}
