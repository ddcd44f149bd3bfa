package io.segue.sandbox.server;

import io.segue.sandbox.ClusterOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the brokers of a sandbox are configured, wherever they run: small, quick to start, strict. */
public final class BrokerSettings {
    private BrokerSettings() {}

    /** What does not depend on addresses and directories, for a broker that is also a controller. */
    public static Map<String, String> of(ClusterOptions options) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("process.roles", "broker,controller");
        all.put("controller.listener.names", "CONTROLLER");
        all.put("auto.create.topics.enable", "false");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("broker.session.timeout.ms", "6000");
        all.put("broker.heartbeat.interval.ms", "1000");
        all.put("num.network.threads", "2");
        all.put("num.io.threads", "4");
        all.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        all.putAll(internalTopics(options.brokers()));
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
}
