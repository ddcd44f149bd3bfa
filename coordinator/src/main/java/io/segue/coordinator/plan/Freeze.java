package io.segue.coordinator.plan;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configs that keep a topic's records while a job writes them: nothing is deleted or compacted, old timestamps are
 * accepted and kept. Pure.
 */
final class Freeze {
    private static final String FOREVER = "-1";
    private static final String ANY = Long.toString(Long.MAX_VALUE);
    private static final int BROKER_DEFAULT_MESSAGE_BYTES = 1_048_588;
    private static final Map<String, String> FROZEN = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", FOREVER,
            "retention.bytes", FOREVER,
            "message.timestamp.type", "CreateTime",
            "message.timestamp.before.max.ms", ANY,
            "message.timestamp.after.max.ms", ANY);
    private static final String MESSAGE_BYTES = "max.message.bytes";

    /** Replication is the target cluster's own affair. */
    private static final Set<String> NOT_COPIED = Set.of(
            "min.insync.replicas",
            "leader.replication.throttled.replicas",
            "follower.replication.throttled.replicas",
            "unclean.leader.election.enable");

    private Freeze() {}

    /** Own configs of a topic that is made for the job: the source's, with the frozen ones in their place. */
    static Map<String, String> configsOfNew(Map<String, String> source) {
        Map<String, String> configs = new HashMap<>(source);
        configs.keySet().removeAll(NOT_COPIED);
        configs.putAll(FROZEN);
        configs.put(MESSAGE_BYTES, messageBytes(source));
        return configs;
    }

    /** Own configs to set on a topic that exists. */
    static Map<String, String> configsOfExisting(Map<String, String> own, Map<String, String> source) {
        Map<String, String> configs = new HashMap<>(FROZEN);
        long most = Math.max(Long.parseLong(messageBytes(source)), Long.parseLong(messageBytes(own)));
        configs.put(MESSAGE_BYTES, Long.toString(most));
        return configs;
    }

    /** What the frozen configs go back to. */
    static Map<String, @Nullable String> intended(Map<String, String> own) {
        Map<String, @Nullable String> intended = new LinkedHashMap<>();
        FROZEN.keySet().stream().sorted().forEach(key -> intended.put(key, own.get(key)));
        intended.put(MESSAGE_BYTES, own.get(MESSAGE_BYTES));
        return intended;
    }

    private static String messageBytes(Map<String, String> configs) {
        String own = configs.getOrDefault(MESSAGE_BYTES, "0");
        return Long.toString(Math.max(Long.parseLong(own), BROKER_DEFAULT_MESSAGE_BYTES));
    }
}
