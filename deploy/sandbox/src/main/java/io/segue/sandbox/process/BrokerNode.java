package io.segue.sandbox.process;

import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.server.BrokerSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where one combined node listens and keeps its data. */
record BrokerNode(int id, int port, int controllerPort, Path directory) {
    static final String HOST = "127.0.0.1";

    String address() {
        return HOST + ":" + port;
    }

    /** The node's configuration in a cluster of {@code nodes}. */
    Map<String, String> properties(List<BrokerNode> nodes, ClusterOptions options) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("node.id", Integer.toString(id));
        all.put(
                "controller.quorum.voters",
                nodes.stream().map(BrokerNode::voter).collect(Collectors.joining(",")));
        all.put("listeners", "PLAINTEXT://" + address() + ",CONTROLLER://" + HOST + ":" + controllerPort);
        all.put("advertised.listeners", "PLAINTEXT://" + address());
        all.put("log.dirs", directory.resolve("data").toString());
        all.putAll(BrokerSettings.of(options));
        return all;
    }

    private String voter() {
        return id + "@" + HOST + ":" + controllerPort;
    }
}
