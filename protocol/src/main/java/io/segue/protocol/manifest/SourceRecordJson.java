package io.segue.protocol.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.protocol.manifest.SourceRecord.SourceCommit;
import io.segue.protocol.manifest.SourceRecord.SourceGroup;
import io.segue.protocol.manifest.SourceRecord.SourcePartition;
import io.segue.protocol.manifest.SourceRecord.SourceTopic;
import io.segue.protocol.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code segue-source.json}, version 1. */
public final class SourceRecordJson {
    private static final int VERSION = 1;

    private SourceRecordJson() {}

    /** The record of a backup; empty if it has none, as every backup of the peer. */
    public static Optional<SourceRecord> load(ObjectStore store, String backupId) {
        String key = SourceRecord.key(backupId);
        return store.size(key).isEmpty()
                ? Optional.empty()
                : Optional.of(JsonInput.load(store, key, SourceRecordJson::source));
    }

    public static SourceRecord read(String key, byte[] content) {
        return JsonInput.read(key, new ByteArrayInputStream(content), SourceRecordJson::source);
    }

    public static byte[] write(SourceRecord source) {
        return JsonOutput.write(json -> write(json, source));
    }

    private static SourceRecord source(JsonInput in) {
        Integer version = null;
        String cluster = null;
        Long takenAt = null;
        List<SourceTopic> topics = null;
        List<SourceGroup> groups = null;
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "version" -> version = in.version(VERSION);
                case "cluster_id" -> cluster = in.string();
                case "taken_at" -> takenAt = in.int64();
                case "topics" -> topics = topics(in);
                case "groups" -> groups = groups(in);
                default -> in.skip();
            }
        }
        in.required("version", version);
        return new SourceRecord(
                in.required("cluster_id", cluster),
                in.required("taken_at", takenAt),
                in.required("topics", topics),
                in.required("groups", groups));
    }

    private static List<SourceTopic> topics(JsonInput in) {
        List<SourceTopic> topics = new ArrayList<>();
        in.beginArray();
        while (in.element()) {
            topics.add(topic(in));
        }
        return topics;
    }

    private static SourceTopic topic(JsonInput in) {
        String name = null;
        String id = null;
        Map<String, String> configs = null;
        List<SourcePartition> partitions = null;
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "name" -> name = ManifestJson.topicName(in);
                case "topic_id" -> id = in.string();
                case "configs" -> configs = configs(in);
                case "partitions" -> partitions = partitions(in);
                default -> in.skip();
            }
        }
        return new SourceTopic(
                in.required("name", name),
                in.required("topic_id", id),
                in.required("configs", configs),
                in.required("partitions", partitions));
    }

    private static Map<String, String> configs(JsonInput in) {
        Map<String, String> configs = new TreeMap<>();
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            configs.put(field, in.string());
        }
        return configs;
    }

    private static List<SourcePartition> partitions(JsonInput in) {
        List<SourcePartition> partitions = new ArrayList<>();
        in.beginArray();
        while (in.element()) {
            partitions.add(partition(in));
        }
        return partitions;
    }

    private static SourcePartition partition(JsonInput in) {
        Integer id = null;
        Long start = null;
        Long end = null;
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "partition" -> id = in.index();
                case "start_offset" -> start = in.count();
                case "end_offset" -> end = in.count();
                default -> in.skip();
            }
        }
        return new SourcePartition(
                in.required("partition", id), in.required("start_offset", start), in.required("end_offset", end));
    }

    private static List<SourceGroup> groups(JsonInput in) {
        List<SourceGroup> groups = new ArrayList<>();
        in.beginArray();
        while (in.element()) {
            groups.add(group(in));
        }
        return groups;
    }

    private static SourceGroup group(JsonInput in) {
        String id = null;
        String state = null;
        List<SourceCommit> commits = null;
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "group_id" -> id = in.string();
                case "state" -> state = in.string();
                case "commits" -> commits = commits(in);
                default -> in.skip();
            }
        }
        return new SourceGroup(
                in.required("group_id", id), in.required("state", state), in.required("commits", commits));
    }

    private static List<SourceCommit> commits(JsonInput in) {
        List<SourceCommit> commits = new ArrayList<>();
        in.beginArray();
        while (in.element()) {
            commits.add(commit(in));
        }
        return commits;
    }

    private static SourceCommit commit(JsonInput in) {
        String topic = null;
        Integer partition = null;
        Long offset = null;
        String metadata = null;
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "topic" -> topic = ManifestJson.topicName(in);
                case "partition" -> partition = in.index();
                case "offset" -> offset = in.count();
                case "metadata" -> metadata = in.stringOrNull();
                default -> in.skip();
            }
        }
        return new SourceCommit(
                in.required("topic", topic),
                in.required("partition", partition),
                in.required("offset", offset),
                metadata);
    }

    private static void write(JsonGenerator json, SourceRecord source) throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", VERSION);
        json.writeStringField("cluster_id", source.clusterId());
        json.writeNumberField("taken_at", source.takenAt());
        json.writeArrayFieldStart("topics");
        for (SourceTopic topic : source.topics()) {
            write(json, topic);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("groups");
        for (SourceGroup group : source.groups()) {
            write(json, group);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SourceTopic topic) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", topic.name());
        json.writeStringField("topic_id", topic.topicId());
        json.writeObjectFieldStart("configs");
        for (Map.Entry<String, String> config : new TreeMap<>(topic.configs()).entrySet()) {
            json.writeStringField(config.getKey(), config.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("partitions");
        for (SourcePartition partition : topic.partitions()) {
            json.writeStartObject();
            json.writeNumberField("partition", partition.partition());
            json.writeNumberField("start_offset", partition.startOffset());
            json.writeNumberField("end_offset", partition.endOffset());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SourceGroup group) throws IOException {
        json.writeStartObject();
        json.writeStringField("group_id", group.groupId());
        json.writeStringField("state", group.state());
        json.writeArrayFieldStart("commits");
        for (SourceCommit commit : group.commits()) {
            json.writeStartObject();
            json.writeStringField("topic", commit.topic());
            json.writeNumberField("partition", commit.partition());
            json.writeNumberField("offset", commit.offset());
            JsonOutput.writeNullable(json, "metadata", commit.metadata());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
