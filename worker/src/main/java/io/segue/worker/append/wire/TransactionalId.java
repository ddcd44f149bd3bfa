package io.segue.worker.append.wire;

import io.segue.worker.append.WriterId;
import io.segue.worker.append.wire.Retrying.Again;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AddPartitionsToTxnRequest;
import org.apache.kafka.common.requests.AddPartitionsToTxnResponse;
import org.apache.kafka.common.requests.DescribeTransactionsRequest;
import org.apache.kafka.common.requests.DescribeTransactionsResponse;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.EndTxnResponse;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;

/**
 * One transactional id, at its coordinator. Transactions are asked for in the form of before KIP-890 part 2, which both old
 * and new brokers carry out: an epoch of ours lasts from one {@code InitProducerId} to the next.
 */
final class TransactionalId {
    private static final String ONGOING = "Ongoing";

    private final String id;
    private final BrokerLink link;
    private final Routes routes;
    private final Retrying retrying;

    TransactionalId(String id, BrokerLink link, Routes routes, Retrying retrying) {
        this.id = id;
        this.link = link;
        this.routes = routes;
        this.retrying = retrying;
    }

    /** @param timeoutMs after which an open transaction is aborted; lower where the cluster allows no more */
    WriterId next(int timeoutMs) {
        return retrying.until("producer id for " + id, () -> {
            InitProducerIdResponse response = init(timeoutMs);
            if (response.error() == Errors.INVALID_TRANSACTION_TIMEOUT) {
                response = init(KafkaTargetPartition.TRANSACTION_TIMEOUT_MS);
            }
            check(response.error(), "InitProducerId");
            return new WriterId(response.data().producerId(), response.data().producerEpoch());
        });
    }

    private InitProducerIdResponse init(int timeoutMs) throws IOException, Again {
        return call(
                new InitProducerIdRequest.Builder(new InitProducerIdRequestData()
                        .setTransactionalId(id)
                        .setTransactionTimeoutMs(timeoutMs)
                        .setProducerId(-1)
                        .setProducerEpoch((short) -1)),
                InitProducerIdResponse.class);
    }

    /** Takes partitions into the transaction, which begins with the first; waits for the end of the one before. */
    void add(WriterId writer, List<TopicPartition> partitions) {
        retrying.until("transaction of " + id, () -> {
            var added = call(
                    AddPartitionsToTxnRequest.Builder.forClient(id, writer.producerId(), writer.epoch(), partitions),
                    AddPartitionsToTxnResponse.class);
            for (Errors error : added.errors().values().stream()
                    .flatMap(errors -> errors.values().stream())
                    .toList()) {
                check(error, "AddPartitionsToTxn");
            }
            return added;
        });
    }

    void commit(WriterId writer) {
        retrying.until("commit of " + id, () -> {
            check(end(writer), "EndTxn");
            return writer;
        });
    }

    private Errors end(WriterId writer) throws IOException, Again {
        return call(
                        new EndTxnRequest.Builder(
                                new EndTxnRequestData()
                                        .setTransactionalId(id)
                                        .setProducerId(writer.producerId())
                                        .setProducerEpoch(writer.epoch())
                                        .setCommitted(true),
                                false),
                        EndTxnResponse.class)
                .error();
    }

    /** Commits what is open, whoever began it; somebody else may end it first. */
    Optional<WriterId> commitOpen() {
        return retrying.until("open transaction of " + id, () -> {
            Optional<WriterId> owner = open();
            if (owner.isEmpty()) {
                return owner;
            }
            Errors error = end(owner.get());
            if (Retrying.isFence(error)) {
                return Optional.empty();
            }
            check(error, "EndTxn");
            return owner;
        });
    }

    private Optional<WriterId> open() throws IOException, Again {
        var state = call(
                        new DescribeTransactionsRequest.Builder(
                                new DescribeTransactionsRequestData().setTransactionalIds(List.of(id))),
                        DescribeTransactionsResponse.class)
                .data()
                .transactionStates()
                .get(0);
        Errors error = Errors.forCode(state.errorCode());
        if (error == Errors.TRANSACTIONAL_ID_NOT_FOUND) {
            return Optional.empty();
        }
        check(error, "DescribeTransactions");
        return state.transactionState().equals(ONGOING)
                ? Optional.of(new WriterId(state.producerId(), state.producerEpoch()))
                : Optional.empty();
    }

    private <T extends AbstractResponse> T call(AbstractRequest.Builder<?> request, Class<T> type)
            throws IOException, Again {
        Node node = routes.coordinator();
        try {
            return link.call(node, request, type);
        } catch (IOException e) {
            routes.forgetCoordinator();
            throw e;
        }
    }

    private void check(Errors error, String what) throws Again {
        if (error == Errors.NOT_COORDINATOR || error == Errors.COORDINATOR_NOT_AVAILABLE) {
            routes.forgetCoordinator();
        }
        Retrying.check(error, what + " " + id);
    }
}
