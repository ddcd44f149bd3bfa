package io.segue.sandbox.container;

import com.github.dockerjava.api.DockerClient;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.SandboxException;
import io.segue.sandbox.server.BrokerSettings;
import io.segue.sandbox.server.Ports;
import io.segue.sandbox.server.Watched;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/**
 * One combined node. Its port on the host is chosen here and not by Docker, which would choose another one when the
 * container starts again.
 */
final class BrokerContainer implements Watched {
    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.3.1");
    private static final int OUTSIDE = 9092;
    private static final int CONTROLLER = 9093;
    private static final int INSIDE = 9094;
    private static final int STOP_SECONDS = 60;
    private static final int TAIL_CHARACTERS = 8_000;

    private final String cluster;
    private final int id;
    private final int port = Ports.next();
    private final GenericContainer<?> container = new GenericContainer<>(IMAGE);

    BrokerContainer(String cluster, int id, String clusterId, ClusterOptions options, Network network) {
        this.cluster = cluster;
        this.id = id;
        container.withNetwork(network).withNetworkAliases(alias(id)).withExposedPorts(OUTSIDE);
        container.setPortBindings(List.of(port + ":" + OUTSIDE));
        container.withEnv("CLUSTER_ID", clusterId);
        container.withEnv("KAFKA_HEAP_OPTS", "-Xms64m -Xmx" + options.heapMegabytes() + "m");
        properties(options).forEach((name, value) -> container.withEnv(environmentName(name), value));
    }

    GenericContainer<?> container() {
        return container;
    }

    String host() {
        return DockerClientFactory.instance().dockerHostIpAddress();
    }

    int port() {
        return port;
    }

    void stop() {
        docker().stopContainerCmd(container.getContainerId())
                .withTimeout(STOP_SECONDS)
                .exec();
    }

    void kill() {
        docker().killContainerCmd(container.getContainerId()).exec();
    }

    void suspend() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    void resume() {
        docker().unpauseContainerCmd(container.getContainerId()).exec();
    }

    void start() {
        docker().startContainerCmd(container.getContainerId()).exec();
    }

    boolean suspended() {
        return Boolean.TRUE.equals(
                container.getCurrentContainerInfo().getState().getPaused());
    }

    @Override
    public String name() {
        return "broker " + id + " of the " + cluster + " cluster";
    }

    @Override
    public void requireAlive() {
        if (!container.isRunning()) {
            throw failure("has ended");
        }
    }

    @Override
    public SandboxException failure(String what) {
        String log = container.getLogs();
        String tail = log.substring(Math.max(0, log.length() - TAIL_CHARACTERS));
        return new SandboxException(name() + " " + what + ". The end of its log:\n" + tail, null);
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    private Map<String, String> properties(ClusterOptions options) {
        String voters = IntStream.range(0, options.brokers())
                .mapToObj(node -> node + "@" + alias(node) + ":" + CONTROLLER)
                .collect(Collectors.joining(","));
        Map<String, String> all = new TreeMap<>();
        all.put("node.id", Integer.toString(id));
        all.put("controller.quorum.voters", voters);
        all.put("listeners", "OUTSIDE://:" + OUTSIDE + ",INSIDE://:" + INSIDE + ",CONTROLLER://:" + CONTROLLER);
        all.put("advertised.listeners", "OUTSIDE://" + host() + ":" + port + ",INSIDE://" + alias(id) + ":" + INSIDE);
        all.put("listener.security.protocol.map", "OUTSIDE:PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("inter.broker.listener.name", "INSIDE");
        all.put("log.dirs", "/tmp/kraft-combined-logs");
        all.putAll(BrokerSettings.of(options));
        return all;
    }

    private String alias(int node) {
        return cluster + "-" + node;
    }

    /** The image's spelling of a property; see the documentation of apache/kafka. */
    private static String environmentName(String property) {
        String name = property.replace("_", "__").replace("-", "___").replace('.', '_');
        return "KAFKA_" + name.toUpperCase(Locale.ROOT);
    }
}
