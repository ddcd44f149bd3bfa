package io.segue.coordinator.preflight;

import io.segue.protocol.kafka.AclCommand;
import io.segue.protocol.kafka.KafkaCluster;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks at a source before a backup reads it. */
public final class SourcePreflight {
    private static final String READABLE = "May we read the topics?";
    private static final Set<String> NEEDED = Set.of("DESCRIBE", "READ");

    private final KafkaCluster source;

    public SourcePreflight(KafkaCluster source) {
        this.source = source;
    }

    /** @param topics that exist */
    public List<Finding> of(Collection<String> topics) {
        return List.of(Finding.asked(READABLE, () -> rights(topics)));
    }

    private Finding rights(Collection<String> topics) {
        Map<String, Set<String>> lacking = new TreeMap<>();
        source.topicOperations(topics).forEach((topic, allowed) -> {
            Set<String> missing = new TreeSet<>(NEEDED);
            missing.removeAll(allowed);
            if (!allowed.isEmpty() && !missing.isEmpty()) {
                lacking.put(topic, missing);
            }
        });
        if (lacking.isEmpty()) {
            return Finding.ok(READABLE, "the brokers refuse it on none of " + topics.size());
        }
        Map.Entry<String, Set<String>> first = lacking.entrySet().iterator().next();
        return Finding.fail(
                READABLE,
                Finding.some(lacking.entrySet().stream()
                        .map(one -> one.getKey() + " lacks " + one.getValue())
                        .toList()),
                AclCommand.topic(first.getKey(), first.getValue()));
    }
}
