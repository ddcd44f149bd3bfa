package io.segue.e2e;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.GroupSnapshotJson;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import io.segue.protocol.segment.SegmentWriter;
import io.segue.protocol.segment.WrittenSegment;
import io.segue.protocol.store.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Writes archives with records that a test makes up, so that it knows every byte. */
public final class Archives {
    private final ObjectStore store;
    private final String backupId;
    private final Map<String, List<Manifest.Partition>> topics = new TreeMap<>();

    public Archives(ObjectStore store, String backupId) {
        this.store = store;
        this.backupId = backupId;
    }

    /** A record of text. */
    public static SegmentRecord record(long offset, long timestamp, @Nullable String key, @Nullable String value) {
        return new SegmentRecord(offset, timestamp, bytes(key), bytes(value), List.of());
    }

    public static SegmentRecord record(
            long offset, long timestamp, @Nullable String key, @Nullable String value, List<RecordHeader> headers) {
        return new SegmentRecord(offset, timestamp, bytes(key), bytes(value), headers);
    }

    public static @Nullable ByteBuffer bytes(@Nullable String text) {
        return text == null ? null : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Records at these source offsets. */
    public static List<SegmentRecord> records(List<Long> offsets, LongFunction<SegmentRecord> maker) {
        return offsets.stream().map(maker::apply).toList();
    }

    /** Adds a partition whose records are stored so many to a segment. */
    public Archives partition(
            String topic, int partition, SegmentCompression compression, int perSegment, List<SegmentRecord> records)
            throws IOException {
        List<Manifest.Segment> segments = new ArrayList<>();
        for (int from = 0; from < records.size(); from += perSegment) {
            Path file = Files.createTempFile("archive-", ".segment");
            try (SegmentWriter writer = SegmentWriter.create(file, compression, 3)) {
                records.subList(from, Math.min(records.size(), from + perSegment))
                        .forEach(writer::append);
                WrittenSegment written = writer.finish();
                String key = WrittenSegment.key(backupId, topic, partition, written.header());
                store.put(key, file);
                segments.add(Manifest.Segment.of(key, written));
            } finally {
                Files.delete(file);
            }
        }
        topics.computeIfAbsent(topic, name -> new ArrayList<>())
                .add(new Manifest.Partition(partition, segments, List.of()));
        return this;
    }

    /** Adds the peer's group snapshot: group → topic → partition → committed offset. */
    public Archives groups(Map<String, Map<String, Map<Integer, Long>>> groups) {
        List<GroupCommits> all = new ArrayList<>();
        groups.forEach((group, topicOffsets) -> {
            Map<TopicPartition, GroupCommits.Commit> commits = new TreeMap<>();
            topicOffsets.forEach((topic, offsets) -> offsets.forEach((partition, offset) ->
                    commits.put(new TopicPartition(topic, partition), new GroupCommits.Commit(offset, null))));
            all.add(new GroupCommits(group, commits));
        });
        store.put(GroupSnapshot.key(backupId), GroupSnapshotJson.write(new GroupSnapshot(1_700_000_000_000L, all)));
        return this;
    }

    public Manifest write() {
        List<Manifest.Topic> all = new ArrayList<>();
        topics.forEach((name, partitions) -> all.add(new Manifest.Topic(name, null, partitions)));
        Manifest manifest = new Manifest(backupId, 1_700_000_000_000L, "source-cluster", List.of(), "none", all);
        store.put(Manifest.key(backupId), ManifestJson.write(manifest));
        return manifest;
    }
}
