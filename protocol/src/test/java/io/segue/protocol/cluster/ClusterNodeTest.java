package io.segue.protocol.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.cluster.ClusterNode.NotJoinedException;
import io.segue.protocol.config.FleetConfig.Cluster;
import io.segue.protocol.config.FleetConfig.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterNodeTest {
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Cluster member(String name, int port, int... members) {
        List<HostPort> all = Arrays.stream(members)
                .mapToObj(member -> new HostPort("127.0.0.1", member))
                .toList();
        return new Cluster(name, all, "127.0.0.1", port, 0);
    }

    @Test
    @Timeout(120)
    void twoMembersTalkOverTheEventBusAndNoticeALeave() throws Exception {
        int first = freePort();
        int second = freePort();
        try (ClusterNode a = ClusterNode.join(member("cluster-node-test", first, first, second))) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            a.vertx().eventBus().<String>consumer("greetings", message -> {
                heard.add(message.body());
                message.reply("welcome");
            });
            try (ClusterNode b = ClusterNode.join(member("cluster-node-test", second, first, second))) {
                assertEquals(2, b.members());
                String answer = b.vertx()
                        .eventBus()
                        .<String>request("greetings", "hello")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)
                        .body();
                assertEquals("welcome", answer);
                assertEquals("hello", heard.poll(20, TimeUnit.SECONDS));
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (a.members() > 1 && System.nanoTime() < deadline) {
                heard.poll(50, TimeUnit.MILLISECONDS);
            }
            assertEquals(1, a.members());
            assertTrue(listens(InetAddress.getLoopbackAddress(), first));
            assertTrue(onlyOnLoopback(first), "the port is open on no other interface");
        }
    }

    private static boolean listens(InetAddress host, int port) {
        try (Socket socket = new Socket(host, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean onlyOnLoopback(int port) throws IOException {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress() && listens(address, port)) {
                    return false;
                }
            }
        }
        return true;
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, every interface", "8.8.8.8, public address", "no-such-host.invalid, no address"})
    void otherInterfacesAreRefused(String host, String why) {
        Cluster cluster = new Cluster("c", List.of(new HostPort("127.0.0.1", 5701)), host, 5701, 0);

        NotJoinedException refused = assertThrows(NotJoinedException.class, () -> ClusterNode.join(cluster));

        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::getMessage);
    }

    @Test
    @Timeout(60)
    void aPortThatIsTakenIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            NotJoinedException refused =
                    assertThrows(NotJoinedException.class, () -> ClusterNode.join(member("c", port, port)));

            assertTrue(String.valueOf(refused.getMessage()).contains(String.valueOf(port)), refused::getMessage);
        }
    }
}
