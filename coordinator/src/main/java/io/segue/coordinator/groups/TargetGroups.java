package io.segue.coordinator.groups;

import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.KafkaCluster.Group;
import java.util.Map;

/**
 * The groups on the target as they are before a reset.
 *
 * @param current what is committed, complete
 * @param standing state, type and members
 */
public record TargetGroups(OffsetSnapshot current, Map<String, Group> standing) {
    public TargetGroups {
        standing = Map.copyOf(standing);
    }
}
