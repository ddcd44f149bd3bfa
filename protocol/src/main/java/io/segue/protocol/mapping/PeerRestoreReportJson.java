package io.segue.protocol.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PeerMappingJson.Times;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code restore-report.json}: the report of a restore in the peer's form (its format §6.5), which its {@code offset-reset}
 * looks for beside a backup's manifest. Written as a stream.
 */
public final class PeerRestoreReportJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    /** What the peer writes for a partition that several, or parts of one, flow into. */
    private static final int REPARTITIONED = -1;

    private PeerRestoreReportJson() {}

    /**
     * A restore.
     *
     * @param start epoch milliseconds
     * @param partitions in any order
     */
    public record Report(String backupId, long start, long end, List<Partition> partitions, MappingBundle mapping) {
        public Report {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * A target partition.
     *
     * @param sources the source partitions that flow into it, at least one
     * @param records restored
     * @param bytes of stored segments; the peer has those of keys and values
     * @param times of the first and the last record of the archive
     */
    public record Partition(
            List<TopicPartition> sources, TopicPartition target, int segments, long records, long bytes, Times times) {
        public Partition {
            sources = List.copyOf(sources);
        }
    }

    /** Writes to a stream that stays open. */
    public static void write(OutputStream out, Report report, PeerMappingJson.Detail detail) {
        try (JsonGenerator json = FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("backup_id", report.backupId());
            json.writeBooleanField("dry_run", false);
            json.writeNumberField("start_time", report.start());
            json.writeNumberField("end_time", report.end());
            long millis = Math.max(0, report.end() - report.start());
            json.writeNumberField("duration_ms", millis);
            topics(json, report);
            long records =
                    report.partitions().stream().mapToLong(Partition::records).sum();
            long bytes =
                    report.partitions().stream().mapToLong(Partition::bytes).sum();
            json.writeNumberField(
                    "segments_processed",
                    report.partitions().stream().mapToInt(Partition::segments).sum());
            json.writeNumberField("records_restored", records);
            json.writeNumberField("bytes_restored", bytes);
            json.writeNumberField("throughput_records_per_sec", records * 1_000.0 / Math.max(1, millis));
            json.writeNumberField("throughput_bytes_per_sec", bytes * 1_000.0 / Math.max(1, millis));
            json.writeArrayFieldStart("errors");
            json.writeEndArray();
            json.writeFieldName("offset_mapping");
            MappingBundleJson.write(json, report.mapping(), times(report), detail);
            json.writeArrayFieldStart("resolved_consumer_groups");
            for (String group :
                    report.mapping().groups().map(Map::keySet).map(List::copyOf).orElse(List.of())) {
                json.writeString(group);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("restore report cannot be written: " + e.getMessage(), e);
        }
    }

    private static Map<TopicPartition, Times> times(Report report) {
        Map<TopicPartition, Times> times = new HashMap<>();
        report.partitions()
                .forEach(partition -> partition.sources().forEach(source -> times.put(source, partition.times())));
        return times;
    }

    private static void topics(JsonGenerator json, Report report) throws IOException {
        Map<List<String>, List<Partition>> topics = new LinkedHashMap<>();
        report.partitions().stream()
                .sorted(java.util.Comparator.comparing(Partition::target))
                .forEach(partition -> topics.computeIfAbsent(
                                List.of(
                                        partition.sources().get(0).topic(),
                                        partition.target().topic()),
                                names -> new ArrayList<>())
                        .add(partition));
        json.writeArrayFieldStart("topics_restored");
        for (var topic : topics.entrySet()) {
            json.writeStartObject();
            json.writeStringField("source_topic", topic.getKey().get(0));
            json.writeStringField("target_topic", topic.getKey().get(1));
            json.writeArrayFieldStart("partitions");
            for (Partition partition : topic.getValue()) {
                partition(json, partition, report.mapping());
            }
            json.writeEndArray();
            json.writeNumberField(
                    "records",
                    topic.getValue().stream().mapToLong(Partition::records).sum());
            json.writeNumberField(
                    "bytes",
                    topic.getValue().stream().mapToLong(Partition::bytes).sum());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** First and last offset are those of the target. */
    private static void partition(JsonGenerator json, Partition partition, MappingBundle mapping) throws IOException {
        List<MappedRange.To> ranges = mapping.document().mappings().stream()
                .filter(found -> found.target().equals(partition.target()))
                .flatMap(found -> MappedRange.of(found).stream())
                .map(range -> range.to().orElseThrow())
                .toList();
        json.writeStartObject();
        json.writeNumberField(
                "source_partition",
                partition.sources().size() == 1 ? partition.sources().get(0).partition() : REPARTITIONED);
        json.writeNumberField("target_partition", partition.target().partition());
        json.writeNumberField("segments_processed", partition.segments());
        json.writeNumberField("records", partition.records());
        json.writeNumberField("bytes", partition.bytes());
        json.writeNumberField(
                "first_offset",
                ranges.stream().mapToLong(MappedRange.To::from).min().orElse(0));
        json.writeNumberField(
                "last_offset",
                ranges.stream().mapToLong(MappedRange.To::end).max().orElse(1) - 1);
        json.writeNumberField("first_timestamp", partition.times().first());
        json.writeNumberField("last_timestamp", partition.times().last());
        json.writeEndObject();
    }
}
