package io.segue.sandbox.process;

import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.KafkaRelease;
import io.segue.sandbox.SandboxException;
import io.segue.sandbox.Tuning;
import io.segue.sandbox.server.BrokerReadiness;
import io.segue.sandbox.server.BuiltClassPath;
import io.segue.sandbox.server.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** A cluster whose brokers are processes. A slot of {@code children} belongs to one node; its child may have ended. */
final class ProcessCluster implements BrokerCluster {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final ClusterOptions options;
    private final Tuning tuning;
    private final Children processes;
    private final List<BrokerNode> nodes;
    private final List<ChildProcess> running = new ArrayList<>();
    private final String clusterId = Uuid.randomUuid().toString();

    private ProcessCluster(
            String name, ClusterOptions options, Tuning tuning, Children processes, List<BrokerNode> nodes) {
        this.name = name;
        this.options = options;
        this.tuning = tuning;
        this.processes = processes;
        this.nodes = nodes;
    }

    /** Starts all brokers at once and waits until each sees all others. */
    static ProcessCluster start(
            String name, ClusterOptions options, Tuning tuning, Path directory, Children processes) {
        List<BrokerNode> nodes = IntStream.range(0, options.brokers())
                .mapToObj(id -> new BrokerNode(id, Ports.next(), Ports.next(), directory.resolve(name + "-" + id)))
                .toList();
        ProcessCluster cluster = new ProcessCluster(name, options, tuning, processes, nodes);
        synchronized (cluster) {
            nodes.forEach(node -> cluster.running.add(cluster.launch(node)));
            Set<Integer> all = nodes.stream().map(BrokerNode::id).collect(Collectors.toSet());
            nodes.forEach(
                    node -> BrokerReadiness.await(cluster.running.get(node.id()), BrokerNode.HOST, node.port(), all));
        }
        return cluster;
    }

    @Override
    public String bootstrapServers() {
        return nodes.stream().map(BrokerNode::address).collect(Collectors.joining(","));
    }

    @Override
    public int brokers() {
        return nodes.size();
    }

    @Override
    public synchronized void stop(int broker) {
        live(broker).terminate(STOP_LIMIT);
    }

    @Override
    public synchronized void kill(int broker) {
        live(broker).kill();
    }

    @Override
    public synchronized void suspend(int broker) {
        live(broker).suspend();
    }

    @Override
    public synchronized void resume(int broker) {
        live(broker).resume();
    }

    @Override
    public synchronized void start(int broker) {
        if (child(broker).alive()) {
            throw new IllegalStateException(child(broker).name() + " runs already");
        }
        BrokerNode node = nodes.get(broker);
        running.set(broker, launch(node));
        BrokerReadiness.await(running.get(broker), BrokerNode.HOST, node.port(), Set.of(broker));
    }

    private ChildProcess live(int broker) {
        ChildProcess child = child(broker);
        if (!child.alive()) {
            throw new IllegalStateException(child.name() + " is not running");
        }
        return child;
    }

    private ChildProcess child(int broker) {
        if (broker < 0 || broker >= running.size()) {
            throw new IllegalArgumentException(
                    "the " + name + " cluster has brokers 0 to " + (running.size() - 1) + ", not " + broker);
        }
        return running.get(broker);
    }

    private ChildProcess launch(BrokerNode node) {
        Path file = node.directory().resolve("server.properties");
        try {
            Files.createDirectories(node.directory());
            Files.writeString(file, format(node.properties(nodes, options)), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new SandboxException("cannot write " + file, e);
        }
        Server server = Server.of(options.release());
        String heap = options.heapMegabytes() + "m";
        return processes.start(new ChildProcess.Command(
                "broker " + node.id() + " of the " + name + " cluster",
                tuning,
                List.of("-Xms64m", "-Xmx" + heap, server.logging()),
                server.classPath(),
                List.of("io.segue.sandbox.broker.BrokerMain", clusterId, file.toString()),
                node.directory().resolve("broker.log")));
    }

    /** Log4j 1 was the logging of brokers up to 3.9. */
    private record Server(List<String> classPath, String logging) {
        static Server of(KafkaRelease release) {
            String main = BuiltClassPath.KAFKA_BROKER.module();
            return switch (release) {
                case NEWEST ->
                    new Server(
                            List.of(main, BuiltClassPath.KAFKA_BROKER.jars()),
                            "-Dlog4j2.configurationFile=classpath:segue/kafka-broker-log4j2.xml");
                case OLDEST ->
                    new Server(
                            List.of(
                                    main,
                                    BuiltClassPath.KAFKA_BROKER_3_9.module(),
                                    BuiltClassPath.KAFKA_BROKER_3_9.jars()),
                            "-Dlog4j.configuration=segue/kafka-broker-log4j.properties");
            };
        }
    }

    private static String format(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
