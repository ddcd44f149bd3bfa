package io.segue.worker.append.wire;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.worker.append.AppendReply;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.append.wire.Retrying.Again;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes batches to the leader of one partition, one at a time, and tells their outcomes apart. */
final class PartitionWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWriter.class);

    private final BrokerLink link;
    private final Routes routes;
    private final TopicPartition partition;
    private final Uuid topicId;
    private final BooleanSupplier leased;

    PartitionWriter(BrokerLink link, Routes routes, TopicPartition partition, Uuid topicId, BooleanSupplier leased) {
        this.link = link;
        this.routes = routes;
        this.partition = partition;
        this.topicId = topicId;
        this.leased = leased;
    }

    boolean connect() {
        try {
            link.connect(routes.leader(), leased);
            return true;
        } catch (IOException | Again e) {
            routes.forgetLeader();
            LOG.info("no connection to the leader of partition={}: {}", partition, e.getMessage());
            return false;
        } catch (TargetRefusal e) {
            throw new TargetFailure("leader of " + partition + ": " + e.getMessage(), e.retryable(), e);
        }
    }

    /** @param transactionalId of the transaction that the batch belongs to; null: none */
    AppendReply append(ByteBuffer batch, @Nullable String transactionalId) {
        try {
            ProduceRequestData request = produce(MemoryRecords.readableRecords(batch));
            ProduceResponse response = link.send(
                    routes.leader(),
                    transactionalId == null
                            ? ProduceRequest.builder(request)
                            : ProduceRequest.builder(request.setTransactionalId(transactionalId), true),
                    ProduceResponse.class,
                    leased);
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

    private AppendReply reply(Errors error, long baseOffset, @Nullable String message) {
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
                .setTimeoutMs(KafkaTargetPartition.REQUEST_TIMEOUT_MS)
                .setTopicData(new ProduceRequestData.TopicProduceDataCollection(
                        List.of(topic).iterator()));
    }
}
