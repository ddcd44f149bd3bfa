package io.segue.worker.append.wire;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.worker.append.wire.Retrying.Again;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.jspecify.annotations.Nullable;

/** Which broker leads the partition and which coordinates its transactional id, looked up when not known. */
final class Routes {
    private final BrokerLink link;
    private final TopicPartition partition;
    private final Uuid topicId;
    private final String transactionalId;
    private final Set<Node> used = new LinkedHashSet<>();
    private List<Node> brokers = List.of();
    private @Nullable Node leader;
    private @Nullable Node coordinator;

    Routes(BrokerLink link, TopicPartition partition, Uuid topicId, String transactionalId) {
        this.link = link;
        this.partition = partition;
        this.topicId = topicId;
        this.transactionalId = transactionalId;
    }

    Node leader() throws IOException, Again {
        Node known = leader;
        if (known == null) {
            known = findLeader();
            leader = known;
            used.add(known);
        }
        return known;
    }

    Node coordinator() throws IOException, Again {
        Node known = coordinator;
        if (known == null) {
            known = findCoordinator();
            coordinator = known;
            used.add(known);
        }
        return known;
    }

    void forgetLeader() {
        leader = null;
    }

    void forgetCoordinator() {
        coordinator = null;
    }

    void disconnect() {
        link.disconnect(used);
        used.clear();
        leader = null;
        coordinator = null;
    }

    private Node findLeader() throws IOException, Again {
        MetadataResponse response = anyBroker(
                MetadataRequest.Builder.forTopicNames(List.of(partition.topic()), false), MetadataResponse.class);
        brokers = List.copyOf(response.brokers());
        MetadataResponseData.MetadataResponseTopic topic =
                response.data().topics().find(partition.topic());
        if (topic == null) {
            throw new Again("the cluster says nothing of topic " + partition.topic());
        }
        Retrying.check(Errors.forCode(topic.errorCode()), "topic " + partition.topic());
        if (!topic.topicId().equals(Uuid.ZERO_UUID) && !topic.topicId().equals(topicId)) {
            throw new TargetRefusal(
                    "topic " + partition.topic() + " has id " + topic.topicId() + ", the job wrote to " + topicId
                            + ": it was deleted and made again; start a new restore",
                    false);
        }
        for (MetadataResponseData.MetadataResponsePartition found : topic.partitions()) {
            if (found.partitionIndex() == partition.partition()) {
                Node node = response.brokersById().get(found.leaderId());
                if (node == null) {
                    throw new Again(partition + " has no leader");
                }
                return node;
            }
        }
        throw new TargetRefusal(partition + " does not exist on the target", false);
    }

    private Node findCoordinator() throws IOException, Again {
        FindCoordinatorResponse response = anyBroker(
                new FindCoordinatorRequest.Builder(new FindCoordinatorRequestData()
                        .setKeyType(FindCoordinatorRequest.CoordinatorType.TRANSACTION.id())
                        .setCoordinatorKeys(List.of(transactionalId))),
                FindCoordinatorResponse.class);
        var found = response.coordinators().get(0);
        Retrying.check(Errors.forCode(found.errorCode()), "transaction coordinator of " + transactionalId);
        return new Node(found.nodeId(), found.host(), found.port());
    }

    private <T extends org.apache.kafka.common.requests.AbstractResponse> T anyBroker(
            org.apache.kafka.common.requests.AbstractRequest.Builder<?> request, Class<T> type) throws IOException {
        Set<Node> candidates = new LinkedHashSet<>(brokers);
        candidates.addAll(link.bootstrap());
        IOException last = new IOException("no broker is known");
        for (Node node : candidates) {
            try {
                return link.call(node, request, type);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }
}
