package io.segue.protocol.kafka;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The committed offsets of one group on one cluster; empty means that the group has none, never that reading failed. */
public record GroupCommits(String groupId, Map<TopicPartition, Commit> commits) {
    public GroupCommits {
        commits = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(commits));
    }

    /** The next offset to read, with the consumer's own metadata. The leader epoch is never carried across clusters. */
    public record Commit(long offset, @Nullable String metadata) {}
}
