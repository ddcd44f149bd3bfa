package io.segue.sandbox.process;

import io.segue.sandbox.ClusterOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where one combined node listens and keeps its data. */
record BrokerNode(int id, int port, int controllerPort, Path directory) {
    String address() {
        return "127.0.0.1:" + port;
    }

    /** The node's configuration in a cluster of {@code nodes}: small, quick to start, strict. */
    Map<String, String> properties(List<BrokerNode> nodes, ClusterOptions options) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", Integer.toString(id));
        all.put(
                "controller.quorum.voters",
                nodes.stream().map(BrokerNode::voter).collect(Collectors.joining(",")));
        all.put("listeners", "PLAINTEXT://" + address() + ",CONTROLLER://127.0.0.1:" + controllerPort);
        all.put("advertised.listeners", "PLAINTEXT://" + address());
        all.put("controller.listener.names", "CONTROLLER");
        all.put("log.dirs", directory.resolve("data").toString());
        all.put("auto.create.topics.enable", "false");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("broker.session.timeout.ms", "6000");
        all.put("broker.heartbeat.interval.ms", "1000");
        all.put("num.network.threads", "2");
        all.put("num.io.threads", "4");
        all.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        all.putAll(internalTopics(nodes.size()));
        all.putAll(options.brokerProperties());
        return all;
    }

    private static Map<String, String> internalTopics(int brokers) {
        String replicas = Integer.toString(Math.min(3, brokers));
        String inSync = brokers >= 3 ? "2" : "1";
        return Map.of(
                "offsets.topic.num.partitions", "5",
                "offsets.topic.replication.factor", replicas,
                "transaction.state.log.num.partitions", "5",
                "transaction.state.log.replication.factor", replicas,
                "transaction.state.log.min.isr", inSync,
                "share.coordinator.state.topic.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", replicas,
                "share.coordinator.state.topic.min.isr", inSync);
    }

    private String voter() {
        return id + "@127.0.0.1:" + controllerPort;
    }
}
