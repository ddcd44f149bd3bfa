package io.segue.sandbox.container;

import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.server.BrokerReadiness;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

/** A cluster whose brokers are containers of one network. */
final class ContainerCluster implements BrokerCluster {
    private final String name;
    private final List<BrokerContainer> brokers;

    ContainerCluster(String name, ClusterOptions options, Network network) {
        this.name = name;
        String clusterId = Uuid.randomUuid().toString();
        this.brokers = IntStream.range(0, options.brokers())
                .mapToObj(id -> new BrokerContainer(name, id, clusterId, options, network))
                .toList();
    }

    Stream<GenericContainer<?>> containers() {
        return brokers.stream().map(BrokerContainer::container);
    }

    /** Waits until each broker sees all others; their containers have been started. */
    void awaitReady() {
        Set<Integer> all = IntStream.range(0, brokers.size()).boxed().collect(Collectors.toSet());
        brokers.forEach(broker -> BrokerReadiness.await(broker, broker.host(), broker.port(), all));
    }

    @Override
    public String bootstrapServers() {
        return brokers.stream()
                .map(broker -> broker.host() + ":" + broker.port())
                .collect(Collectors.joining(","));
    }

    @Override
    public int brokers() {
        return brokers.size();
    }

    @Override
    public synchronized void stop(int broker) {
        running(broker).stop();
    }

    @Override
    public synchronized void kill(int broker) {
        running(broker).kill();
    }

    @Override
    public synchronized void suspend(int broker) {
        BrokerContainer chosen = running(broker);
        require(!chosen.suspended(), chosen, "is suspended already");
        chosen.suspend();
    }

    @Override
    public synchronized void resume(int broker) {
        BrokerContainer chosen = running(broker);
        require(chosen.suspended(), chosen, "is not suspended");
        chosen.resume();
    }

    @Override
    public synchronized void start(int broker) {
        BrokerContainer chosen = chosen(broker);
        require(!chosen.container().isRunning(), chosen, "runs already");
        chosen.start();
        BrokerReadiness.await(chosen, chosen.host(), chosen.port(), Set.of(broker));
    }

    private BrokerContainer running(int broker) {
        BrokerContainer chosen = chosen(broker);
        require(chosen.container().isRunning(), chosen, "is not running");
        return chosen;
    }

    private BrokerContainer chosen(int broker) {
        if (broker < 0 || broker >= brokers.size()) {
            throw new IllegalArgumentException(
                    "the " + name + " cluster has brokers 0 to " + (brokers.size() - 1) + ", not " + broker);
        }
        return brokers.get(broker);
    }

    private static void require(boolean holds, BrokerContainer broker, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(broker.name() + " " + otherwise);
        }
    }
}
