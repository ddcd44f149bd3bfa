package io.segue.protocol.group;

import io.segue.protocol.kafka.GroupCommits;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The committed offsets of groups on one cluster at a moment, all of them: what is not in here did not exist.
 *
 * @param snapshotId {@code snap-…}; opaque
 * @param groups by id; a group without offsets is in here, empty
 * @param restoreId the job that it was taken for
 * @param clusterId null in a file of the peer
 * @param complete false in a file of the peer, which cannot tell a group without offsets from one that could not be read
 */
public record OffsetSnapshot(
        String snapshotId,
        Instant createdAt,
        Map<String, GroupCommits> groups,
        @Nullable String restoreId,
        @Nullable String clusterId,
        List<String> bootstrapServers,
        @Nullable String description,
        boolean complete) {
    public OffsetSnapshot {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        bootstrapServers = List.copyOf(bootstrapServers);
    }

    /** An id as the peer makes them: the time, and eight hexadecimal digits that follow from it. */
    public static String idAt(Instant time) {
        long millis = time.toEpochMilli();
        return "snap-" + millis + "-" + String.format("%08x", (int) millis ^ 0xDEADBEEF);
    }

    /** What the snapshot knows of a group; empty if the group is not in it. */
    public Optional<GroupCommits> group(String groupId) {
        return Optional.ofNullable(groups.get(groupId));
    }

    public int offsetCount() {
        return groups.values().stream()
                .mapToInt(group -> group.commits().size())
                .sum();
    }
}
