package io.segue.protocol.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicNames;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code consumer-groups-snapshot.json}, in the peer's format. */
public final class GroupSnapshotJson {
    private GroupSnapshotJson() {}

    /** The snapshot of a backup; empty if it was made without. */
    public static Optional<GroupSnapshot> load(ObjectStore store, String backupId) {
        String key = GroupSnapshot.key(backupId);
        return store.size(key).isEmpty()
                ? Optional.empty()
                : Optional.of(JsonInput.load(store, key, GroupSnapshotJson::snapshot));
    }

    public static GroupSnapshot read(String key, byte[] content) {
        return JsonInput.read(key, new ByteArrayInputStream(content), GroupSnapshotJson::snapshot);
    }

    public static byte[] write(GroupSnapshot snapshot) {
        return JsonOutput.write(json -> write(json, snapshot));
    }

    private static GroupSnapshot snapshot(JsonInput in) {
        long takenAt = 0;
        List<GroupCommits> groups = new ArrayList<>();
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "snapshot_time" -> takenAt = in.int64();
                case "groups" -> {
                    in.beginArray();
                    while (in.element()) {
                        groups.add(group(in));
                    }
                }
                default -> in.skip();
            }
        }
        return new GroupSnapshot(takenAt, groups);
    }

    private static GroupCommits group(JsonInput in) {
        String id = null;
        Map<TopicPartition, Commit> commits = new TreeMap<>();
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "group_id" -> id = in.string();
                case "offsets" -> {
                    in.beginObject();
                    for (String topic = in.field(); topic != null; topic = in.field()) {
                        offsets(in, topic, commits);
                    }
                }
                default -> in.skip();
            }
        }
        return new GroupCommits(in.required("group_id", id), commits);
    }

    private static void offsets(JsonInput in, String topic, Map<TopicPartition, Commit> commits) {
        if (!TopicNames.legal(topic)) {
            throw in.problem("is no legal topic name");
        }
        in.beginObject();
        for (String partition = in.field(); partition != null; partition = in.field()) {
            commits.put(new TopicPartition(topic, partition(in, partition)), new Commit(in.count(), null));
        }
    }

    private static int partition(JsonInput in, String text) {
        try {
            int partition = Integer.parseInt(text);
            if (partition >= 0) {
                return partition;
            }
        } catch (NumberFormatException e) {
            throw in.problem("\"" + text + "\" is no partition");
        }
        throw in.problem("partition " + text + " is negative");
    }

    private static void write(JsonGenerator json, GroupSnapshot snapshot) throws IOException {
        json.writeStartObject();
        json.writeNumberField("snapshot_time", snapshot.takenAt());
        json.writeArrayFieldStart("groups");
        for (GroupCommits group : snapshot.groups()) {
            json.writeStartObject();
            json.writeStringField("group_id", group.groupId());
            json.writeObjectFieldStart("offsets");
            writeOffsets(json, group);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeOffsets(JsonGenerator json, GroupCommits group) throws IOException {
        String topic = null;
        for (Map.Entry<TopicPartition, Commit> commit : group.commits().entrySet()) {
            TopicPartition partition = commit.getKey();
            if (!partition.topic().equals(topic)) {
                if (topic != null) {
                    json.writeEndObject();
                }
                topic = partition.topic();
                json.writeObjectFieldStart(topic);
            }
            json.writeNumberField(
                    Integer.toString(partition.partition()), commit.getValue().offset());
        }
        if (topic != null) {
            json.writeEndObject();
        }
    }
}
