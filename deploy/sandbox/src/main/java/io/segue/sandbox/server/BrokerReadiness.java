package io.segue.sandbox.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;

/** Asks a broker itself whether it is part of its cluster: a listening socket alone says little. */
public final class BrokerReadiness {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int CALL_MILLIS = 5_000;

    private BrokerReadiness() {}

    /** Waits until the broker answers and sees all of {@code members} registered and not fenced. */
    public static void await(Watched broker, String host, int port, Set<Integer> members) {
        // the client would log each refused connection
        Waiting.until("listening", LIMIT, broker, () -> accepts(host, port));
        Map<String, Object> properties = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, host + ":" + port,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, CALL_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_MILLIS);
        try (Admin admin = Admin.create(properties)) {
            Waiting.until("registered", LIMIT, broker, () -> registered(admin).containsAll(members));
        }
    }

    private static Set<Integer> registered(Admin admin) {
        try {
            return admin.describeCluster().nodes().get(CALL_MILLIS, TimeUnit.MILLISECONDS).stream()
                    .map(Node::id)
                    .collect(Collectors.toSet());
        } catch (ExecutionException | TimeoutException notYet) {
            return Set.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Set.of();
        }
    }

    private static boolean accepts(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CALL_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
