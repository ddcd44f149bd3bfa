package io.segue.protocol.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.protocol.kafka.TopicPartition;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The peer's {@code offset-mapping.json} (its format §6.1): keyed by <em>target</em> topic and partition, ends inclusive,
 * written as a stream. The detail has the first record of each run and the last of all, not every record: the peer looks up
 * the nearest one below and adds the difference, which inside a run is exact.
 *
 * <p>The mapping knows no record times: where the caller has none either, the required time fields hold 0.
 */
public final class PeerMappingJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Epoch milliseconds of the first and the last record of a source partition. */
    public record Times(long first, long last) {}

    /** Offsets of a group, by target partition. */
    public record GroupOffsets(String groupId, Map<TopicPartition, Offset> offsets) {}

    /** @param target null where there is no answer */
    public record Offset(
            long source, @Nullable Long target, @Nullable String metadata) {}

    /** How finely the detail tells where records went. */
    public enum Detail {
        /** One point for each run, with its {@code length}, and the last record. */
        RUNS,
        /** One point for each record, as the peer writes it: large. */
        RECORDS
    }

    private PeerMappingJson() {}

    /**
     * Writes to a stream that stays open.
     *
     * @param times by source partition, as far as known
     */
    public static void write(
            OutputStream out, MappingDocument document, Map<TopicPartition, Times> times, List<GroupOffsets> groups) {
        write(out, document, times, groups, Detail.RUNS, json -> {});
    }

    /** Fields beside the peer's, which the peer does not look at. */
    interface Beside {
        void write(JsonGenerator json) throws IOException;
    }

    static void write(
            OutputStream out,
            MappingDocument document,
            Map<TopicPartition, Times> times,
            List<GroupOffsets> groups,
            Detail detail,
            Beside beside) {
        try (JsonGenerator json = FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.useDefaultPrettyPrinter();
            write(json, document, times, groups, detail, beside);
        } catch (IOException e) {
            throw new UncheckedIOException("offset mapping cannot be written: " + e.getMessage(), e);
        }
    }

    static void write(
            JsonGenerator json,
            MappingDocument document,
            Map<TopicPartition, Times> times,
            List<GroupOffsets> groups,
            Detail detail,
            Beside beside)
            throws IOException {
        Map<TopicPartition, List<OffsetMapping>> byTarget = new TreeMap<>();
        for (OffsetMapping mapping : document.mappings()) {
            if (mapping.last().isPresent()) {
                byTarget.computeIfAbsent(mapping.target(), target -> new ArrayList<>())
                        .add(mapping);
            }
        }
        json.writeStartObject();
        json.writeObjectFieldStart("entries");
        for (var entry : byTarget.entrySet()) {
            writeEntry(json, entry.getKey(), entry.getValue(), times);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("detailed_mappings");
        for (var entry : byTarget.entrySet()) {
            writeDetail(json, entry.getKey(), entry.getValue(), detail);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("consumer_groups");
        for (GroupOffsets group : groups) {
            writeGroup(json, group);
        }
        json.writeEndObject();
        json.writeStringField("source_cluster_id", document.sourceClusterId());
        json.writeStringField("target_cluster_id", document.targetClusterId());
        json.writeNumberField("created_at", document.createdAt());
        beside.write(json);
        json.writeEndObject();
    }

    private static void writeEntry(
            JsonGenerator json, TopicPartition target, List<OffsetMapping> mappings, Map<TopicPartition, Times> times)
            throws IOException {
        List<MappedRange> ranges = mappings.stream()
                .flatMap(mapping -> MappedRange.of(mapping).stream())
                .toList();
        List<Times> known = mappings.stream()
                .flatMap(mapping -> java.util.Optional.ofNullable(times.get(mapping.source())).stream())
                .toList();
        json.writeObjectFieldStart(target.toString());
        json.writeStringField("topic", target.topic());
        json.writeNumberField("partition", target.partition());
        json.writeNumberField(
                "source_first_offset",
                ranges.stream().mapToLong(MappedRange::from).min().orElseThrow());
        json.writeNumberField(
                "source_last_offset",
                ranges.stream().mapToLong(MappedRange::end).max().orElseThrow() - 1);
        json.writeNumberField(
                "target_first_offset",
                ranges.stream()
                        .mapToLong(range -> range.to().orElseThrow().from())
                        .min()
                        .orElseThrow());
        json.writeNumberField(
                "target_last_offset",
                ranges.stream()
                                .mapToLong(range -> range.to().orElseThrow().end())
                                .max()
                                .orElseThrow()
                        - 1);
        json.writeNumberField(
                "first_timestamp", known.stream().mapToLong(Times::first).min().orElse(0));
        json.writeNumberField(
                "last_timestamp", known.stream().mapToLong(Times::last).max().orElse(0));
        if (mappings.size() == 1) {
            json.writeStringField("source_topic", mappings.get(0).source().topic());
            json.writeNumberField("source_partition", mappings.get(0).source().partition());
        }
        json.writeEndObject();
    }

    private static void writeDetail(
            JsonGenerator json, TopicPartition target, List<OffsetMapping> mappings, Detail detail) throws IOException {
        json.writeArrayFieldStart(target.toString());
        Run last = null;
        for (Iterator<Run> runs = InTargetOrder.of(mappings); runs.hasNext(); ) {
            last = runs.next();
            writePoint(json, last.source(), last.target(), detail == Detail.RUNS ? last.length() : 1);
            for (long i = 1; detail == Detail.RECORDS && i < last.length(); i++) {
                writePoint(json, last.source() + i, last.target() + i, 1);
            }
        }
        if (detail == Detail.RUNS && last != null && last.length() > 1) {
            writePoint(json, last.sourceEnd() - 1, last.targetEnd() - 1, 0);
        }
        json.writeEndArray();
    }

    /** @param length records of the run that begins here; 0 for one that a run has already */
    private static void writePoint(JsonGenerator json, long source, long target, long length) throws IOException {
        json.writeStartObject();
        json.writeNumberField("source_offset", source);
        json.writeNumberField("target_offset", target);
        json.writeNumberField("timestamp", 0);
        json.writeNumberField("length", length);
        json.writeEndObject();
    }

    private static void writeGroup(JsonGenerator json, GroupOffsets group) throws IOException {
        json.writeObjectFieldStart(group.groupId());
        json.writeStringField("group_id", group.groupId());
        json.writeObjectFieldStart("offsets");
        String topic = null;
        for (var offset : new TreeMap<>(group.offsets()).entrySet()) {
            if (!offset.getKey().topic().equals(topic)) {
                if (topic != null) {
                    json.writeEndObject();
                }
                topic = offset.getKey().topic();
                json.writeObjectFieldStart(topic);
            }
            json.writeObjectFieldStart(Integer.toString(offset.getKey().partition()));
            json.writeNumberField("source_offset", offset.getValue().source());
            json.writeFieldName("target_offset");
            if (offset.getValue().target() == null) {
                json.writeNull();
            } else {
                json.writeNumber(offset.getValue().target());
            }
            json.writeNumberField("timestamp", 0);
            json.writeStringField("metadata", offset.getValue().metadata());
            json.writeEndObject();
        }
        if (topic != null) {
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
