package io.segue.worker.append.wire;

import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AppendReply;
import io.segue.worker.append.EncodedBatch;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.WriterId;
import io.segue.worker.append.wire.Retrying.Again;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DeleteRecordsRequest;
import org.apache.kafka.common.requests.DeleteRecordsResponse;

/** A target partition of a real cluster. */
public final class KafkaTargetPartition implements TargetPartition {
    static final int REQUEST_TIMEOUT_MS = 30_000;
    static final int TRANSACTION_TIMEOUT_MS = 60_000;

    private final TopicPartition partition;
    private final BrokerLink link;
    private final Retrying retrying;
    private final Routes routes;
    private final PartitionLog log;
    private final PartitionWriter writer;
    private final TransactionalId transactions;

    /**
     * @param topicId base64 id of the topic: another topic of the same name is refused
     * @param leased on false a batch that is being written, or waits for a throttle to end, is given up with its connection
     */
    public KafkaTargetPartition(
            KafkaConnection connection,
            TopicPartition partition,
            String topicId,
            Time time,
            String clientId,
            BooleanSupplier leased) {
        Uuid id = Uuid.fromString(topicId);
        String transactionalId = transactionalId(partition, topicId);
        this.partition = partition;
        this.link = new BrokerLink(connection, clientId, REQUEST_TIMEOUT_MS);
        this.retrying = new Retrying(time);
        this.routes = new Routes(link, partition, id, transactionalId);
        this.log = new PartitionLog(link, routes, partition, id);
        this.writer = new PartitionWriter(link, routes, partition, id, leased);
        this.transactions = new TransactionalId(transactionalId, link, routes, retrying);
    }

    /** Of the partition, whoever writes to it: every later attempt and every later job fences the earlier ones. */
    static String transactionalId(TopicPartition partition, String topicId) {
        return "segue-" + topicId + "-" + partition.partition();
    }

    @Override
    public WriterId nextWriter() {
        return transactions.next(TRANSACTION_TIMEOUT_MS);
    }

    @Override
    public long fence(WriterId fencing) {
        long before = end();
        transactions.add(
                fencing, List.of(new org.apache.kafka.common.TopicPartition(partition.topic(), partition.partition())));
        transactions.commit(fencing);
        return retrying.until(
                "marker of the fence of " + partition,
                () -> log.marker(fencing, before).orElseThrow(() -> new Again("the marker is not there yet")));
    }

    @Override
    public long end() {
        return retrying.until("log end of " + partition, log::highWatermark);
    }

    @Override
    public Optional<WriterId> markerAt(long offset) {
        return retrying.until("marker at " + offset + " of " + partition, () -> log.markerAt(offset));
    }

    @Override
    public List<ControlMarker> markers(long from, long below) {
        return retrying.until("markers of " + partition, () -> log.markers(from, below));
    }

    @Override
    public Optional<TailRecord> lastRecord(long from, long below) {
        return retrying.until("last record of " + partition, () -> log.lastRecord(from, below));
    }

    @Override
    public void deleteBefore(long offset) {
        retrying.until("deleting below offset " + offset + " of " + partition, () -> {
            var asked = new DeleteRecordsRequestData.DeleteRecordsPartition()
                    .setPartitionIndex(partition.partition())
                    .setOffset(offset);
            var topic = new DeleteRecordsRequestData.DeleteRecordsTopic()
                    .setName(partition.topic())
                    .setPartitions(List.of(asked));
            DeleteRecordsResponse response = leader(
                    new DeleteRecordsRequest.Builder(new DeleteRecordsRequestData()
                            .setTimeoutMs(REQUEST_TIMEOUT_MS)
                            .setTopics(List.of(topic))),
                    DeleteRecordsResponse.class);
            Errors error = Errors.forCode(response.data()
                    .topics()
                    .find(partition.topic())
                    .partitions()
                    .find(partition.partition())
                    .errorCode());
            if (error != Errors.NONE) {
                routes.forgetLeader();
            }
            Retrying.check(error, "DeleteRecords " + partition);
            return response;
        });
    }

    private <T extends org.apache.kafka.common.requests.AbstractResponse> T leader(
            org.apache.kafka.common.requests.AbstractRequest.Builder<?> request, Class<T> type)
            throws IOException, Again {
        try {
            return link.call(routes.leader(), request, type);
        } catch (IOException e) {
            routes.forgetLeader();
            throw e;
        }
    }

    @Override
    public boolean connect() {
        return writer.connect();
    }

    @Override
    public AppendReply append(WriterId as, int baseSequence, EncodedBatch batch) {
        return writer.append(batch.stamped(as, baseSequence), null);
    }

    @Override
    public void disconnect() {
        routes.disconnect();
    }

    @Override
    public void close() {
        link.close();
    }
}
