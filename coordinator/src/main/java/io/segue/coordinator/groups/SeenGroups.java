package io.segue.coordinator.groups;

import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.AclCommand;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Group;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Some groups of a cluster, each by itself: one that the user may not look at is told from the others, which go on.
 *
 * @param standing state, type and members of those that can be seen
 * @param denied what the user lacks, with the command that grants it; of some of these the standing is known
 */
public record SeenGroups(Map<String, Group> standing, Map<String, String> denied) {
    public SeenGroups {
        standing = Map.copyOf(standing);
        denied = Map.copyOf(denied);
    }

    /** @throws io.segue.protocol.kafka.KafkaFailure if they cannot be asked for, or one of them for another reason */
    public static SeenGroups of(KafkaCluster cluster, Collection<String> ids) {
        Set<String> visible = new TreeSet<>(ids);
        Map<String, String> denied = new TreeMap<>();
        cluster.groupOperations(ids).forEach((id, may) -> {
            if (!may.contains("READ")) {
                denied.put(id, lacking(id, may));
            }
            if (may.isEmpty()) {
                visible.remove(id);
            }
        });
        return new SeenGroups(cluster.groups(visible), denied);
    }

    private static String lacking(String id, Set<String> may) {
        return "the user that connects here may not " + (may.isEmpty() ? "look at it" : "commit for it (READ)") + ": "
                + AclCommand.group(id);
    }

    /** Those whose committed offsets can be read; share groups have none. */
    List<String> committing() {
        return standing.values().stream()
                .filter(group -> !group.type().equals("share"))
                .map(Group::groupId)
                .toList();
    }

    TargetGroups with(OffsetSnapshot current) {
        return new TargetGroups(current, standing, denied);
    }

    /** With a complete snapshot of what is committed now, which nobody stores. */
    public TargetGroups now(GroupSnapshots snapshots) {
        return with(snapshots.take(committing(), null, null));
    }
}
