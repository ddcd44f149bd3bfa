package io.segue.worker.append.wire;

import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AppendReply;
import io.segue.worker.append.EncodedBatch;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.WriterId;
import io.segue.worker.append.wire.Retrying.Again;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.AddPartitionsToTxnRequest;
import org.apache.kafka.common.requests.AddPartitionsToTxnResponse;
import org.apache.kafka.common.requests.DeleteRecordsRequest;
import org.apache.kafka.common.requests.DeleteRecordsResponse;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.EndTxnResponse;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target partition of a real cluster. Transactions are asked for in the form of before KIP-890 part 2, which both old and
 * new brokers carry out: an epoch of ours lasts from one {@code InitProducerId} to the next.
 */
public final class KafkaTargetPartition implements TargetPartition {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaTargetPartition.class);
    private static final int REQUEST_TIMEOUT_MS = 30_000;
    private static final int TRANSACTION_TIMEOUT_MS = 60_000;

    private final TopicPartition partition;
    private final Uuid topicId;
    private final String transactionalId;
    private final BrokerLink link;
    private final Retrying retrying;
    private final Routes routes;
    private final PartitionLog log;

    /** @param topicId base64 id of the topic: another topic of the same name is refused */
    public KafkaTargetPartition(
            KafkaConnection connection, TopicPartition partition, String topicId, Time time, String clientId) {
        this.partition = partition;
        this.topicId = Uuid.fromString(topicId);
        this.transactionalId = "segue-" + topicId + "-" + partition.partition();
        this.link = new BrokerLink(connection, clientId, REQUEST_TIMEOUT_MS);
        this.retrying = new Retrying(time);
        this.routes = new Routes(link, partition, this.topicId, transactionalId);
        this.log = new PartitionLog(link, routes, partition, this.topicId);
    }

    @Override
    public WriterId nextWriter() {
        return retrying.until("producer id for " + partition, () -> {
            InitProducerIdResponse response = coordinator(
                    new InitProducerIdRequest.Builder(new InitProducerIdRequestData()
                            .setTransactionalId(transactionalId)
                            .setTransactionTimeoutMs(TRANSACTION_TIMEOUT_MS)
                            .setProducerId(-1)
                            .setProducerEpoch((short) -1)),
                    InitProducerIdResponse.class);
            checkCoordinator(response.error(), "InitProducerId " + transactionalId);
            return new WriterId(response.data().producerId(), response.data().producerEpoch());
        });
    }

    @Override
    public long fence(WriterId writer) {
        long before = end();
        retrying.until("fence of " + partition, () -> {
            var added = coordinator(
                    AddPartitionsToTxnRequest.Builder.forClient(
                            transactionalId,
                            writer.producerId(),
                            writer.epoch(),
                            List.of(new org.apache.kafka.common.TopicPartition(
                                    partition.topic(), partition.partition()))),
                    AddPartitionsToTxnResponse.class);
            for (Errors error : added.errors().values().stream()
                    .flatMap(errors -> errors.values().stream())
                    .toList()) {
                checkCoordinator(error, "AddPartitionsToTxn " + transactionalId);
            }
            return added;
        });
        retrying.until("fence of " + partition, () -> {
            var ended = coordinator(
                    new EndTxnRequest.Builder(
                            new EndTxnRequestData()
                                    .setTransactionalId(transactionalId)
                                    .setProducerId(writer.producerId())
                                    .setProducerEpoch(writer.epoch())
                                    .setCommitted(true),
                            false),
                    EndTxnResponse.class);
            checkCoordinator(ended.error(), "EndTxn " + transactionalId);
            return ended;
        });
        return retrying.until(
                "marker of the fence of " + partition,
                () -> log.marker(writer, before).orElseThrow(() -> new Again("the marker is not there yet")));
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
        try {
            link.connect(routes.leader());
            return true;
        } catch (IOException | Again e) {
            routes.forgetLeader();
            LOG.info("no connection to the leader of partition={}: {}", partition, e.getMessage());
            return false;
        } catch (TargetRefusal e) {
            throw new TargetFailure("leader of " + partition + ": " + e.getMessage(), e.retryable(), e);
        }
    }

    @Override
    public AppendReply append(WriterId writer, int baseSequence, EncodedBatch batch) {
        try {
            ProduceResponse response = link.send(
                    routes.leader(),
                    ProduceRequest.builder(produce(MemoryRecords.readableRecords(batch.stamped(writer, baseSequence)))),
                    ProduceResponse.class);
            var answer = response.data()
                    .responses()
                    .iterator()
                    .next()
                    .partitionResponses()
                    .get(0);
            return reply(Errors.forCode(answer.errorCode()), answer.baseOffset(), answer.errorMessage());
        } catch (IOException | Again e) {
            routes.forgetLeader();
            return new AppendReply.Unknown(String.valueOf(e.getMessage()));
        } catch (TargetRefusal e) {
            return new AppendReply.Rejected(String.valueOf(e.getMessage()));
        }
    }

    private AppendReply reply(Errors error, long baseOffset, @org.jspecify.annotations.Nullable String message) {
        return switch (error) {
            case NONE -> new AppendReply.Acknowledged(baseOffset);
            case MESSAGE_TOO_LARGE,
                    RECORD_LIST_TOO_LARGE,
                    INVALID_RECORD,
                    INVALID_TIMESTAMP,
                    INVALID_REQUIRED_ACKS,
                    UNSUPPORTED_FOR_MESSAGE_FORMAT,
                    TOPIC_AUTHORIZATION_FAILED,
                    CLUSTER_AUTHORIZATION_FAILED,
                    TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
                    POLICY_VIOLATION ->
                new AppendReply.Rejected(
                        error + ": " + error.message() + (message == null ? "" : " (" + message + ")"));
            default -> {
                routes.forgetLeader();
                yield new AppendReply.Unknown(error + ": " + error.message());
            }
        };
    }

    private ProduceRequestData produce(MemoryRecords records) {
        var data = new ProduceRequestData.PartitionProduceData()
                .setIndex(partition.partition())
                .setRecords(records);
        var topic = new ProduceRequestData.TopicProduceData()
                .setName(partition.topic())
                .setTopicId(topicId)
                .setPartitionData(List.of(data));
        return new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(REQUEST_TIMEOUT_MS)
                .setTopicData(new ProduceRequestData.TopicProduceDataCollection(
                        List.of(topic).iterator()));
    }

    private <T extends org.apache.kafka.common.requests.AbstractResponse> T coordinator(
            org.apache.kafka.common.requests.AbstractRequest.Builder<?> request, Class<T> type)
            throws IOException, Again {
        Node node = routes.coordinator();
        try {
            return link.call(node, request, type);
        } catch (IOException e) {
            routes.forgetCoordinator();
            throw e;
        }
    }

    private void checkCoordinator(Errors error, String what) throws Again {
        if (error == Errors.NOT_COORDINATOR || error == Errors.COORDINATOR_NOT_AVAILABLE) {
            routes.forgetCoordinator();
        }
        Retrying.check(error, what);
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
