package io.segue.protocol.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code offset-mapping.json}: the peer's format, and in it, under {@code segue}, what else a reset needs. The peer writes a
 * point for each record; ours have a {@code length}, and stand for a run.
 */
public final class MappingBundleJson {
    private static final String OURS = "segue";
    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory());

    private MappingBundleJson() {}

    /** Writes to a stream that stays open. */
    public static void write(OutputStream out, MappingBundle bundle, PeerMappingJson.Detail detail) {
        PeerMappingJson.write(out, bundle.document(), Map.of(), peerGroups(bundle), detail, json -> ours(json, bundle));
    }

    /** As a member of a document of the peer. */
    static void write(
            JsonGenerator json,
            MappingBundle bundle,
            Map<TopicPartition, PeerMappingJson.Times> times,
            PeerMappingJson.Detail detail)
            throws IOException {
        PeerMappingJson.write(
                json, bundle.document(), times, peerGroups(bundle), detail, beside -> ours(beside, bundle));
    }

    /** Where each group goes on, so that the peer has nothing to look up. */
    private static List<PeerMappingJson.GroupOffsets> peerGroups(MappingBundle bundle) {
        return PeerGroups.of(
                bundle.document().mappings(),
                bundle.groups().map(Map::values).map(List::copyOf).orElse(List.of()));
    }

    private static void ours(JsonGenerator json, MappingBundle bundle) throws IOException {
        json.writeObjectFieldStart(OURS);
        json.writeNumberField("version", 1);
        json.writeArrayFieldStart("target_bootstrap_servers");
        for (String server : bundle.targetServers()) {
            json.writeString(server);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("empty_partitions");
        for (var empty : new TreeMap<>(bundle.empty()).entrySet()) {
            json.writeStringField(empty.getKey().toString(), empty.getValue().toString());
        }
        json.writeEndObject();
        if (bundle.groups().isPresent()) {
            json.writeObjectFieldStart("source_groups");
            for (GroupCommits group : bundle.groups().get().values()) {
                json.writeObjectFieldStart(group.groupId());
                for (var commit : group.commits().entrySet()) {
                    json.writeObjectFieldStart(commit.getKey().toString());
                    json.writeNumberField("offset", commit.getValue().offset());
                    json.writeStringField("metadata", commit.getValue().metadata());
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /**
     * Reads a file of ours or of the peer; the stream is closed.
     *
     * @throws InvalidMappingException if it is neither, or if the peer's lacks the points that tell where each record went
     */
    public static MappingBundle read(String name, InputStream in) {
        try (JsonParser json = JSON.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidMappingException(name + " is no offset mapping: expected an object", null);
            }
            return new Reading(name).all(json);
        } catch (JsonProcessingException e) {
            throw new InvalidMappingException(name + " is no offset mapping: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidMappingException(name + " is no offset mapping: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** One file while it is read; its fields may come in any order. */
    private static final class Reading {
        private final String name;
        private final Map<TopicPartition, TopicPartition> sources = new HashMap<>();
        private final Map<TopicPartition, List<Run>> runs = new TreeMap<>();
        private final List<TopicPartition> unnamed = new ArrayList<>();
        private @Nullable String sourceCluster;
        private @Nullable String targetCluster;
        private long createdAt;
        private JsonNode ours = JSON.createObjectNode();

        Reading(String name) {
            this.name = name;
        }

        MappingBundle all(JsonParser json) throws IOException {
            fields(json);
            return bundle();
        }

        /** Of a mapping, or of a report of the peer that a mapping is a member of. */
        private void fields(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "entries" -> each(json, (key, value) -> entry(key, JSON.readTree(value)));
                    case "detailed_mappings" -> each(json, (key, points) -> runs.put(key, runs(points)));
                    case "source_cluster_id" -> sourceCluster = json.getValueAsString();
                    case "target_cluster_id" -> targetCluster = json.getValueAsString();
                    case "created_at" -> createdAt = json.getLongValue();
                    case OURS -> ours = JSON.readTree(json);
                    case "offset_mapping" -> fields(json);
                    default -> json.skipChildren();
                }
            }
        }

        private interface Entry {
            void read(TopicPartition key, JsonParser value) throws IOException;
        }

        private static void each(JsonParser json, Entry entry) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                TopicPartition key = partition(json.currentName());
                json.nextToken();
                entry.read(key, json);
            }
        }

        /** Without a source of its own a partition keeps its name, as in every restore of the peer without renames. */
        private void entry(TopicPartition target, JsonNode entry) {
            if (!entry.has("source_topic")) {
                unnamed.add(target);
            }
            sources.put(
                    target,
                    new TopicPartition(
                            entry.path("source_topic").asText(target.topic()),
                            entry.path("source_partition").asInt(target.partition())));
        }

        private static List<Run> runs(JsonParser json) throws IOException {
            List<Run> runs = new ArrayList<>();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                JsonNode point = JSON.readTree(json);
                long length = point.path("length").asLong(1);
                if (length > 0) {
                    add(runs, new Run(number(point, "source_offset"), number(point, "target_offset"), length));
                }
            }
            return runs;
        }

        private static void add(List<Run> runs, Run run) {
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).continuedBy(run)) {
                Run before = runs.get(last);
                runs.set(last, new Run(before.source(), before.target(), before.length() + run.length()));
            } else {
                runs.add(run);
            }
        }

        private static long number(JsonNode point, String field) {
            JsonNode value = point.path(field);
            if (!value.canConvertToLong()) {
                throw new IllegalArgumentException("a point has no " + field);
            }
            return value.asLong();
        }

        private MappingBundle bundle() {
            if (ours.isObject() && !ours.isEmpty() && !unnamed.isEmpty()) {
                throw new IllegalArgumentException("several source partitions flow into " + unnamed
                        + ", which this file cannot tell apart; take the mapping from the job: --job");
            }
            List<OffsetMapping> mappings = new ArrayList<>();
            sources.forEach((target, source) -> {
                List<Run> found = runs.getOrDefault(target, List.of());
                if (found.isEmpty()) {
                    throw new IllegalArgumentException(
                            "it says of " + target + " only the ranges, not where each record"
                                    + " went, as a mapping made from a manifest does; use one that a restore wrote");
                }
                mappings.add(new PartitionMapping(source, target, found));
            });
            mappings.sort(java.util.Comparator.comparing(OffsetMapping::source).thenComparing(OffsetMapping::target));
            Map<TopicPartition, TopicPartition> empty = new TreeMap<>();
            ours.path("empty_partitions")
                    .properties()
                    .forEach(one -> empty.put(
                            partition(one.getKey()), partition(one.getValue().asText())));
            List<String> servers = new ArrayList<>();
            ours.path("target_bootstrap_servers").forEach(server -> servers.add(server.asText()));
            return new MappingBundle(
                    name,
                    new MappingDocument(sourceCluster, targetCluster, createdAt, mappings),
                    empty,
                    servers,
                    groups());
        }

        private Optional<Map<String, GroupCommits>> groups() {
            JsonNode all = ours.path("source_groups");
            if (!all.isObject()) {
                return Optional.empty();
            }
            Map<String, GroupCommits> groups = new TreeMap<>();
            all.properties().forEach(group -> {
                Map<TopicPartition, Commit> commits = new TreeMap<>();
                group.getValue()
                        .properties()
                        .forEach(commit -> commits.put(
                                partition(commit.getKey()),
                                new Commit(
                                        number(commit.getValue(), "offset"),
                                        commit.getValue().path("metadata").asText(null))));
                groups.put(group.getKey(), new GroupCommits(group.getKey(), commits));
            });
            return Optional.of(groups);
        }
    }

    private static TopicPartition partition(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 1 || !text.substring(slash + 1).matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("expected topic/partition, found " + text);
        }
        return new TopicPartition(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }
}
