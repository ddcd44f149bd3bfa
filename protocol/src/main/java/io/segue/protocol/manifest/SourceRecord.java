package io.segue.protocol.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the peer's manifest has no room for, stored beside it as {@code {backup_id}/segue-source.json}: the cluster, its
 * topics with ids and configs, and the committed offsets of its groups, all as they were when the backup was made.
 *
 * @param clusterId id of the source cluster
 * @param takenAt epoch milliseconds at which groups and log ends were read
 */
public record SourceRecord(String clusterId, long takenAt, List<SourceTopic> topics, List<SourceGroup> groups) {
    public SourceRecord {
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
    }

    public static String key(String backupId) {
        return backupId + "/segue-source.json";
    }

    /**
     * @param topicId base64 id of the topic on the source
     * @param configs the topic's own (dynamic) configs, not the broker's defaults
     * @param partitions log ranges at the time of the backup
     */
    public record SourceTopic(
            String name, String topicId, Map<String, String> configs, List<SourcePartition> partitions) {
        public SourceTopic {
            configs = Map.copyOf(configs);
            partitions = List.copyOf(partitions);
        }
    }

    /** The log of a partition: first offset, and the last stable offset up to which the backup read (exclusive). */
    public record SourcePartition(int partition, long startOffset, long endOffset) {}

    /** A group's committed offsets at {@code takenAt}. */
    public record SourceGroup(String groupId, String state, List<SourceCommit> commits) {
        public SourceGroup {
            commits = List.copyOf(commits);
        }
    }

    /** A committed offset: the next one to read. */
    public record SourceCommit(
            String topic,
            int partition,
            long offset,
            @Nullable String metadata) {}
}
