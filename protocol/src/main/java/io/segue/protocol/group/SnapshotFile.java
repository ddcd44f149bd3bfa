package io.segue.protocol.group;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicNames;
import io.segue.protocol.kafka.TopicPartition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The shape of {@code snapshot.json}: the peer's fields (its format §6.6), and {@code complete}, which is ours. */
record SnapshotFile(
        String snapshotId,
        String createdAt,
        Map<String, GroupFile> groupOffsets,
        @Nullable String restoreId,
        @Nullable String clusterId,
        @Nullable List<String> bootstrapServers,
        @Nullable String description,
        @Nullable Boolean complete) {
    record GroupFile(
            String groupId,
            @JsonProperty(required = true) Map<String, Map<String, OffsetFile>> offsets,
            @JsonProperty(required = true) int partitionCount) {}

    /** @param timestamp null in every file that exists */
    record OffsetFile(
            @JsonProperty(required = true) long offset,
            @Nullable String metadata,
            @Nullable Long timestamp) {}

    static SnapshotFile of(OffsetSnapshot snapshot) {
        Map<String, GroupFile> groups = new TreeMap<>();
        snapshot.groups().forEach((id, commits) -> groups.put(id, of(commits)));
        return new SnapshotFile(
                snapshot.snapshotId(),
                snapshot.createdAt().toString(),
                groups,
                snapshot.restoreId(),
                snapshot.clusterId(),
                snapshot.bootstrapServers(),
                snapshot.description(),
                snapshot.complete());
    }

    private static GroupFile of(GroupCommits group) {
        Map<String, Map<String, OffsetFile>> offsets = new TreeMap<>();
        group.commits()
                .forEach((partition, commit) -> offsets.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                        .put(
                                Integer.toString(partition.partition()),
                                new OffsetFile(commit.offset(), commit.metadata(), null)));
        return new GroupFile(group.groupId(), offsets, group.commits().size());
    }

    /** @throws IllegalArgumentException naming what is wrong */
    OffsetSnapshot snapshot() {
        Map<String, GroupCommits> groups = new TreeMap<>();
        required(groupOffsets, "group_offsets").forEach((id, group) -> groups.put(id, commits(id, group)));
        return new OffsetSnapshot(
                required(snapshotId, "snapshot_id"),
                Instant.parse(required(createdAt, "created_at")),
                groups,
                restoreId,
                clusterId,
                bootstrapServers == null ? List.of() : bootstrapServers,
                description,
                Boolean.TRUE.equals(complete));
    }

    private static GroupCommits commits(String id, GroupFile group) {
        Map<TopicPartition, Commit> commits = new TreeMap<>();
        required(group, id)
                .offsets()
                .forEach((topic, partitions) -> required(partitions, topic).forEach((partition, offset) -> {
                    if (required(offset, topic + "/" + partition).offset() < 0) {
                        throw new IllegalArgumentException(
                                "group " + id + " has offset " + offset.offset() + " on " + topic + "/" + partition);
                    }
                    commits.put(place(id, topic, partition), new Commit(offset.offset(), offset.metadata()));
                }));
        if (commits.size() != group.partitionCount()) {
            throw new IllegalArgumentException("group " + id + " counts " + group.partitionCount()
                    + " partitions and has " + commits.size() + ": the file was cut or changed");
        }
        return new GroupCommits(id, commits);
    }

    private static TopicPartition place(String group, String topic, String partition) {
        if (!TopicNames.legal(topic) || !partition.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "group " + group + " has an offset on " + topic + "/" + partition + ", which no cluster has");
        }
        return new TopicPartition(topic, Integer.parseInt(partition));
    }

    private static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("the field " + field + " is missing");
        }
        return value;
    }
}
