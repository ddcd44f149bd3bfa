package io.segue.sandbox;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one cluster of a sandbox looks like.
 *
 * @param brokers 1 to 5 combined nodes
 * @param heapMegabytes heap of each broker, at least 128
 * @param release of the brokers
 * @param brokerProperties added to every broker's configuration; they win over the sandbox's own
 */
public record ClusterOptions(
        int brokers, int heapMegabytes, KafkaRelease release, Map<String, String> brokerProperties) {
    public ClusterOptions {
        if (brokers < 1 || brokers > 5) {
            throw new IllegalArgumentException("a sandbox cluster has 1 to 5 brokers, not " + brokers);
        }
        if (heapMegabytes < 128) {
            throw new IllegalArgumentException("a broker needs a heap of 128 MB at least, not " + heapMegabytes);
        }
        brokerProperties = Map.copyOf(brokerProperties);
    }

    /** A cluster of so many brokers of the newest release, with a heap of 256 MB each. */
    public static ClusterOptions of(int brokers) {
        return new ClusterOptions(brokers, 256, KafkaRelease.NEWEST, Map.of());
    }

    /** Brokers of another release; containers have the newest one only. */
    public ClusterOptions of(KafkaRelease other) {
        return new ClusterOptions(brokers, heapMegabytes, other, brokerProperties);
    }

    public ClusterOptions withProperty(String name, String value) {
        Map<String, String> properties = new TreeMap<>(brokerProperties);
        properties.put(name, value);
        return new ClusterOptions(brokers, heapMegabytes, release, properties);
    }

    public ClusterOptions withHeap(int megabytes) {
        return new ClusterOptions(brokers, megabytes, release, brokerProperties);
    }
}
