package io.segue.worker.append.wire;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AppendReply;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.append.TransactionalTarget.Fate;
import io.segue.worker.append.TransactionalTarget.Tail;
import io.segue.worker.append.WriterId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/** Transactions on a scratch partition, to see whether a cluster carries out what the transactional delivery needs. */
public final class ScratchTransactions implements AutoCloseable {
    private final TopicPartition partition;
    private final String transactionalId;
    private final BrokerLink link;
    private final Retrying retrying;
    private final CommittedReading reading;
    private final PartitionWriter writer;
    private final TransactionalId transactions;
    private final Time time;

    public ScratchTransactions(
            KafkaConnection connection, TopicPartition partition, String topicId, Time time, String clientId) {
        Uuid id = Uuid.fromString(topicId);
        this.partition = partition;
        this.time = time;
        this.transactionalId = KafkaTargetPartition.transactionalId(partition, topicId);
        this.link = new BrokerLink(connection, clientId, KafkaTargetPartition.REQUEST_TIMEOUT_MS);
        this.retrying = new Retrying(time);
        Routes routes = new Routes(link, partition, id, transactionalId);
        this.reading = new CommittedReading(new PartitionLog(link, routes, partition, id));
        this.writer = new PartitionWriter(link, routes, partition, id, BrokerLink.ALWAYS);
        this.transactions = new TransactionalId(transactionalId, link, routes, retrying);
    }

    /** Writes a transaction, and commits it as a successor would. What went wrong, or empty. */
    public Optional<String> tried() {
        try {
            WriterId one = transactions.next(KafkaTargetPartition.TRANSACTION_TIMEOUT_MS);
            transactions.add(
                    one, List.of(new org.apache.kafka.common.TopicPartition(partition.topic(), partition.partition())));
            AppendReply reply = writer.connect()
                    ? writer.append(batch().stamped(one, 0, true), transactionalId)
                    : new AppendReply.Unknown("no connection to the leader");
            if (!(reply instanceof AppendReply.Acknowledged acknowledged)) {
                return Optional.of("a batch in a transaction was not taken: " + reply);
            }
            if (!transactions.commitOpen().equals(Optional.of(one))) {
                return Optional.of("an open transaction was not found by its transactional id");
            }
            transactions.next(KafkaTargetPartition.TRANSACTION_TIMEOUT_MS);
            Tail tail = retrying.until(
                    "log of " + partition, () -> reading.tail(acknowledged.baseOffset(), Set.of(one.producerId())));
            boolean committed = tail.stretches().size() == 1
                    && tail.stretches().get(0).fate() == Fate.COMMITTED
                    && tail.end() == acknowledged.baseOffset() + 2;
            return committed ? Optional.empty() : Optional.of("a transaction left " + tail);
        } catch (TargetFailure e) {
            return Optional.of("transactions: " + e.getMessage());
        }
    }

    private io.segue.worker.append.EncodedBatch batch() {
        BatchEncoder encoder = new BatchEncoder(BatchCompression.NONE, 1_000);
        encoder.add(new SegmentRecord(0, time.wallMillis(), null, null, List.of()));
        return encoder.take();
    }

    @Override
    public void close() {
        link.close();
    }
}
