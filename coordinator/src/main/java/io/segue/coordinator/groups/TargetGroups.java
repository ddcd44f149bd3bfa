package io.segue.coordinator.groups;

import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.KafkaCluster.Group;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The groups on the target as they are before a reset.
 *
 * @param current what is committed, complete for all that can be read
 * @param standing state, type and members
 * @param denied groups that the user may not read or not commit for, and why
 */
public record TargetGroups(OffsetSnapshot current, Map<String, Group> standing, Map<String, String> denied) {
    public TargetGroups {
        standing = Map.copyOf(standing);
        denied = Map.copyOf(denied);
    }

    /** Of groups with which everything may be done. */
    public TargetGroups(OffsetSnapshot current, Map<String, Group> standing) {
        this(current, standing, Map.of());
    }

    /** All of them. */
    public Set<String> ids() {
        Set<String> ids = new TreeSet<>(standing.keySet());
        ids.addAll(denied.keySet());
        return ids;
    }
}
