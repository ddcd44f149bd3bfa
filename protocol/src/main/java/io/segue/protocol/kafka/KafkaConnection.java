package io.segue.protocol.kafka;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How to reach a cluster: the properties that every Kafka client of it shares ({@code bootstrap.servers}, security,
 * connection). May hold secrets: {@link #toString()} shows none.
 */
public record KafkaConnection(List<String> bootstrapServers, Map<String, String> clientProperties) {
    public KafkaConnection {
        bootstrapServers = List.copyOf(bootstrapServers);
        clientProperties = Map.copyOf(clientProperties);
    }

    /** The shared properties together with {@code extra}, which wins. */
    public Map<String, String> with(Map<String, String> extra) {
        Map<String, String> all = new java.util.HashMap<>(clientProperties);
        all.put("bootstrap.servers", String.join(",", bootstrapServers));
        all.putAll(extra);
        return all;
    }

    @Override
    public String toString() {
        return "KafkaConnection"
                + bootstrapServers
                + clientProperties.keySet().stream().sorted().collect(Collectors.toList());
    }
}
