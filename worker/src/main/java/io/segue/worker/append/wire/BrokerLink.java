package io.segue.worker.append.wire;

import io.segue.protocol.kafka.KafkaConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Connections to the brokers of one cluster, one request in flight each, with the network layer, TLS and SASL of
 * kafka-clients (version pinned in the root pom: these classes are not its public API). Throttling that a broker asks for
 * is honoured before the next request to it. Used by one thread.
 */
final class BrokerLink implements AutoCloseable {
    private static final int SEND_BUFFER = 1 << 20;
    private static final int RECEIVE_BUFFER = 1 << 18;
    private static final int CONNECT_TIMEOUT_MS = 10_000;
    /** How often a wait looks whether it may go on. */
    private static final long LOOK_MS = 200;

    /** For requests that write no record. */
    static final BooleanSupplier ALWAYS = () -> true;

    private final Metrics metrics = new Metrics();
    private final Time time = Time.SYSTEM;
    private final int requestTimeoutMs;
    private final List<Node> bootstrap;
    private final NetworkClient client;

    BrokerLink(KafkaConnection connection, String clientId, int requestTimeoutMs) {
        this.requestTimeoutMs = requestTimeoutMs;
        AdminClientConfig config = new AdminClientConfig(Map.copyOf(connection.with(Map.of("client.id", clientId))));
        LogContext log = new LogContext("[" + clientId + "] ");
        this.bootstrap = bootstrapNodes(connection.bootstrapServers());
        ChannelBuilder channels = ClientUtils.createChannelBuilder(config, time, log);
        this.client = new NetworkClient(
                new Selector(
                        config.getLong(AdminClientConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG),
                        metrics,
                        time,
                        "segue-append",
                        channels,
                        log),
                new ManualMetadataUpdater(),
                clientId,
                1,
                50,
                1_000,
                SEND_BUFFER,
                RECEIVE_BUFFER,
                requestTimeoutMs,
                CONNECT_TIMEOUT_MS,
                CONNECT_TIMEOUT_MS,
                time,
                true,
                new ApiVersions(),
                log,
                MetadataRecoveryStrategy.NONE);
    }

    /** The configured brokers, with made-up ids. */
    List<Node> bootstrap() {
        return bootstrap;
    }

    /**
     * Makes a connection to a broker ready for a request, and waits as long as the broker asks for.
     *
     * @throws IOException if it cannot be had, or may not be waited for any more
     * @throws TargetRefusal if the broker refuses who is asking
     */
    void connect(Node node, BooleanSupplier goesOn) throws IOException {
        awaitThrottle(node, goesOn);
        try {
            if (!NetworkClientUtils.awaitReady(client, node, time, CONNECT_TIMEOUT_MS)) {
                throw new IOException(named(node) + ": no connection within " + CONNECT_TIMEOUT_MS + " ms");
            }
        } catch (AuthenticationException | UnsupportedVersionException e) {
            throw new TargetRefusal(named(node) + ": " + e.getMessage(), e);
        } catch (KafkaException e) {
            throw new IOException(named(node) + ": " + e.getMessage(), e);
        }
    }

    /** A quota may hold a large batch's sender back for minutes; a new connection would not shorten it. */
    private void awaitThrottle(Node node, BooleanSupplier goesOn) throws IOException {
        long left = client.throttleDelayMs(node, time.milliseconds());
        while (left > 0) {
            if (!goesOn.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                throw new IOException(named(node) + " throttles for " + left + " ms more, and the lease ended");
            }
            client.poll(Math.min(left, LOOK_MS), time.milliseconds());
            left = client.throttleDelayMs(node, time.milliseconds());
        }
    }

    /** Connects and sends. */
    <T extends AbstractResponse> T call(Node node, AbstractRequest.Builder<?> request, Class<T> type)
            throws IOException {
        connect(node, ALWAYS);
        return send(node, request, type, ALWAYS);
    }

    /**
     * One request over the connection that stands, and its response.
     *
     * @param goesOn asked while bytes are on their way: on false the connection is closed
     * @throws IOException if the broker cannot be reached, breaks the connection or does not answer in time: the request
     *     may or may not have been carried out
     * @throws TargetRefusal if the broker refuses who is asking, or does not know the request
     */
    <T extends AbstractResponse> T send(
            Node node, AbstractRequest.Builder<?> request, Class<T> type, BooleanSupplier goesOn) throws IOException {
        if (!client.isReady(node, time.milliseconds())) {
            throw new IOException(named(node) + ": the connection broke before the request was sent");
        }
        try {
            ClientRequest sent = client.newClientRequest(
                    node.idString(), request, time.milliseconds(), true, requestTimeoutMs, null);
            client.send(sent, time.milliseconds());
            return type.cast(answer(node, sent, goesOn).responseBody());
        } catch (AuthenticationException | UnsupportedVersionException e) {
            throw new TargetRefusal(named(node) + ": " + e.getMessage(), e);
        } catch (KafkaException e) {
            throw new IOException(named(node) + ": " + e.getMessage(), e);
        }
    }

    /** An interrupted thread does not wait: what was sent may or may not be carried out. */
    private ClientResponse answer(Node node, ClientRequest sent, BooleanSupplier goesOn) throws IOException {
        while (!Thread.currentThread().isInterrupted() && goesOn.getAsBoolean()) {
            for (ClientResponse response : client.poll(LOOK_MS, time.milliseconds())) {
                if (response.requestHeader().correlationId() == sent.correlationId()) {
                    return checked(node, response);
                }
            }
        }
        client.disconnect(node.idString());
        throw new IOException(named(node) + ": interrupted, or the lease ended, before the answer came");
    }

    private static ClientResponse checked(Node node, ClientResponse response) throws IOException {
        if (response.wasDisconnected()) {
            throw new IOException(named(node) + ": the connection broke before the answer came");
        }
        if (response.versionMismatch() != null) {
            throw response.versionMismatch();
        }
        return response;
    }

    private static String named(Node node) {
        return node.host() + ":" + node.port();
    }

    /** Closes every connection; what is queued on them is dropped. */
    void disconnect(Iterable<Node> nodes) {
        for (Node node : nodes) {
            client.disconnect(node.idString());
        }
        client.poll(0, time.milliseconds());
    }

    @Override
    public void close() {
        client.close();
        metrics.close();
    }

    private static List<Node> bootstrapNodes(List<String> servers) {
        List<Node> nodes = new ArrayList<>();
        for (var address : ClientUtils.parseAndValidateAddresses(servers, ClientDnsLookup.USE_ALL_DNS_IPS)) {
            nodes.add(new Node(-1 - nodes.size(), address.getHostString(), address.getPort()));
        }
        return List.copyOf(nodes);
    }
}
