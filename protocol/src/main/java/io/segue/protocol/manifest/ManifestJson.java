package io.segue.protocol.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.protocol.kafka.TopicNames;
import io.segue.protocol.manifest.Manifest.Gap;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.Manifest.Topic;
import io.segue.protocol.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code manifest.json}, as the peer reads and writes it. Reading is as strict as the peer's, and beyond it refuses what
 * no cluster can have produced: illegal topic names, a topic or partition named twice, negative offsets.
 */
public final class ManifestJson {
    /** Of a topic: more than any cluster has, and few enough to be asked of one. */
    private static final int MOST_PARTITIONS = 1_000_000;

    private ManifestJson() {}

    /**
     * Reads the manifest of a backup from its store.
     *
     * @throws io.segue.protocol.store.StoreException if it is not there, or larger than 256 MiB
     * @throws InvalidDocumentException if it is no manifest
     */
    public static Manifest load(ObjectStore store, String backupId) {
        return JsonInput.load(store, Manifest.key(backupId), ManifestJson::manifest);
    }

    /** As {@link #load}, from bytes; {@code key} is for messages. */
    public static Manifest read(String key, byte[] content) {
        return JsonInput.read(key, new ByteArrayInputStream(content), ManifestJson::manifest);
    }

    /** The document, byte for byte as the peer writes it. */
    public static byte[] write(Manifest manifest) {
        return JsonOutput.write(json -> write(json, manifest));
    }

    private static Manifest manifest(JsonInput in) {
        String backupId = null;
        Long createdAt = null;
        String cluster = null;
        List<String> brokers = List.of();
        String compression = "";
        List<Topic> topics = null;
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "backup_id" -> backupId = in.string();
                case "created_at" -> createdAt = in.int64();
                case "source_cluster_id" -> cluster = in.stringOrNull();
                case "source_brokers" -> brokers = in.strings();
                case "compression" -> compression = in.string();
                case "topics" -> topics = topics(in);
                default -> in.skip();
            }
        }
        return new Manifest(
                in.required("backup_id", backupId),
                in.required("created_at", createdAt),
                cluster,
                brokers,
                compression,
                in.required("topics", topics));
    }

    private static List<Topic> topics(JsonInput in) {
        List<Topic> topics = new ArrayList<>();
        Set<String> names = new HashSet<>();
        in.beginArray();
        while (in.element()) {
            Topic topic = topic(in);
            if (!names.add(topic.name())) {
                throw in.problem("the topic " + topic.name() + " is listed twice");
            }
            topics.add(topic);
        }
        return topics;
    }

    private static Topic topic(JsonInput in) {
        String name = null;
        Integer count = null;
        List<Partition> partitions = null;
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "name" -> name = topicName(in);
                case "original_partition_count" -> count = in.isNull() ? null : in.below(MOST_PARTITIONS + 1);
                case "partitions" -> partitions = partitions(in);
                default -> in.skip();
            }
        }
        return new Topic(in.required("name", name), count, in.required("partitions", partitions));
    }

    /** Names are data from a hostile archive: what Kafka would not accept goes no further than here. */
    static String topicName(JsonInput in) {
        String name = in.string();
        if (!TopicNames.legal(name)) {
            throw in.problem("is no legal topic name: at most 249 of a-z, A-Z, 0-9, '.', '_' and '-'");
        }
        return name;
    }

    private static List<Partition> partitions(JsonInput in) {
        List<Partition> partitions = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        in.beginArray();
        while (in.element()) {
            Partition partition = partition(in);
            if (!ids.add(partition.partitionId())) {
                throw in.problem("the partition " + partition.partitionId() + " is listed twice");
            }
            partitions.add(partition);
        }
        return partitions;
    }

    private static Partition partition(JsonInput in) {
        Integer id = null;
        List<Segment> segments = null;
        List<Gap> gaps = List.of();
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "partition_id" -> id = in.below(MOST_PARTITIONS);
                case "segments" -> segments = segments(in);
                case "gaps" -> gaps = gaps(in);
                default -> in.skip();
            }
        }
        return new Partition(in.required("partition_id", id), in.required("segments", segments), gaps);
    }

    private static List<Segment> segments(JsonInput in) {
        List<Segment> segments = new ArrayList<>();
        in.beginArray();
        while (in.element()) {
            segments.add(segment(in));
        }
        segments.sort(Comparator.comparingLong(Segment::startOffset));
        return segments;
    }

    private static Segment segment(JsonInput in) {
        String key = null;
        Long startOffset = null;
        Long endOffset = null;
        Long startTimestamp = null;
        Long endTimestamp = null;
        Long records = null;
        long uncompressed = 0;
        long compressed = 0;
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "key" -> key = in.string();
                case "start_offset" -> startOffset = in.count();
                case "end_offset" -> endOffset = in.count();
                case "start_timestamp" -> startTimestamp = in.int64();
                case "end_timestamp" -> endTimestamp = in.int64();
                case "record_count" -> records = in.count();
                case "uncompressed_size" -> uncompressed = in.count();
                case "compressed_size" -> compressed = in.count();
                default -> in.skip();
            }
        }
        Segment segment = new Segment(
                in.required("key", key),
                in.required("start_offset", startOffset),
                in.required("end_offset", endOffset),
                in.required("start_timestamp", startTimestamp),
                in.required("end_timestamp", endTimestamp),
                in.required("record_count", records),
                uncompressed,
                compressed);
        checkRange(in, segment.startOffset(), segment.endOffset());
        return segment;
    }

    private static List<Gap> gaps(JsonInput in) {
        List<Gap> gaps = new ArrayList<>();
        in.beginArray();
        while (in.element()) {
            gaps.add(gap(in));
        }
        gaps.sort(Comparator.comparingLong(Gap::startOffset));
        return gaps;
    }

    private static Gap gap(JsonInput in) {
        Long startOffset = null;
        Long endOffset = null;
        String reason = null;
        Long detectedAt = null;
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "start_offset" -> startOffset = in.count();
                case "end_offset" -> endOffset = in.count();
                case "reason" -> reason = in.string();
                case "detected_at" -> detectedAt = in.int64();
                default -> in.skip();
            }
        }
        Gap gap = new Gap(
                in.required("start_offset", startOffset),
                in.required("end_offset", endOffset),
                in.required("reason", reason),
                in.required("detected_at", detectedAt));
        checkRange(in, gap.startOffset(), gap.endOffset());
        return gap;
    }

    private static void checkRange(JsonInput in, long start, long end) {
        if (end < start) {
            throw in.problem("ends at offset " + end + ", before it starts at " + start);
        }
    }

    private static void write(JsonGenerator json, Manifest manifest) throws IOException {
        json.writeStartObject();
        json.writeStringField("backup_id", manifest.backupId());
        json.writeNumberField("created_at", manifest.createdAt());
        JsonOutput.writeNullable(json, "source_cluster_id", manifest.sourceClusterId());
        json.writeArrayFieldStart("source_brokers");
        for (String broker : manifest.sourceBrokers()) {
            json.writeString(broker);
        }
        json.writeEndArray();
        json.writeStringField("compression", manifest.compression());
        json.writeArrayFieldStart("topics");
        for (Topic topic : manifest.topics()) {
            write(json, topic);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Topic topic) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", topic.name());
        json.writeFieldName("original_partition_count");
        if (topic.originalPartitionCount() == null) {
            json.writeNull();
        } else {
            json.writeNumber(topic.originalPartitionCount());
        }
        json.writeArrayFieldStart("partitions");
        for (Partition partition : topic.partitions()) {
            write(json, partition);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Partition partition) throws IOException {
        json.writeStartObject();
        json.writeNumberField("partition_id", partition.partitionId());
        json.writeArrayFieldStart("segments");
        for (Segment segment : partition.segments()) {
            write(json, segment);
        }
        json.writeEndArray();
        if (!partition.gaps().isEmpty()) {
            json.writeArrayFieldStart("gaps");
            for (Gap gap : partition.gaps()) {
                write(json, gap);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Segment segment) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", segment.key());
        json.writeNumberField("start_offset", segment.startOffset());
        json.writeNumberField("end_offset", segment.endOffset());
        json.writeNumberField("start_timestamp", segment.startTimestamp());
        json.writeNumberField("end_timestamp", segment.endTimestamp());
        json.writeNumberField("record_count", segment.recordCount());
        json.writeNumberField("uncompressed_size", segment.uncompressedSize());
        json.writeNumberField("compressed_size", segment.compressedSize());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Gap gap) throws IOException {
        json.writeStartObject();
        json.writeNumberField("start_offset", gap.startOffset());
        json.writeNumberField("end_offset", gap.endOffset());
        json.writeStringField("reason", gap.reason());
        json.writeNumberField("detected_at", gap.detectedAt());
        json.writeEndObject();
    }
}
