package io.segue.protocol.manifest;

import io.segue.protocol.kafka.GroupCommits;
import java.util.List;

/**
 * Committed offsets of groups of the source when a backup was made, with source names: the peer's
 * {@code {backup_id}/consumer-groups-snapshot.json}. It holds offsets only, no metadata.
 *
 * @param takenAt epoch milliseconds; 0 in a file that does not say
 */
public record GroupSnapshot(long takenAt, List<GroupCommits> groups) {
    public GroupSnapshot {
        groups = List.copyOf(groups);
    }

    public static String key(String backupId) {
        return backupId + "/consumer-groups-snapshot.json";
    }
}
