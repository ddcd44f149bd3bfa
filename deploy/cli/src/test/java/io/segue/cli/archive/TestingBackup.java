package io.segue.cli.archive;

import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Gap;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.Manifest.Topic;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentWriter;
import io.segue.protocol.segment.WrittenSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small real backup in a directory: {@code orders/0} in two segments of ten records, with a gap before them, and an
 * empty topic.
 */
final class TestingBackup {
    static final String ID = "b1";
    static final long TIME = 1_700_000_000_000L;

    private final Path directory;
    private Manifest manifest;

    TestingBackup(Path directory) throws IOException {
        this.directory = directory;
        List<Segment> segments = List.of(segment(100), segment(110));
        List<Gap> gaps = List.of(new Gap(0, 100, "offset_out_of_range", TIME));
        Topic orders = new Topic("orders", 1, List.of(new Partition(0, segments, gaps)));
        this.manifest = new Manifest(
                ID, TIME, "cluster-1", List.of(), "zstd", List.of(orders, new Topic("empty", 3, List.of())));
        save(manifest);
    }

    private Segment segment(long start) throws IOException {
        Path file = Files.createTempFile(directory, "new", ".segment");
        try (SegmentWriter writer = SegmentWriter.create(file, SegmentCompression.ZSTD, 3)) {
            for (long offset = start; offset < start + 10; offset++) {
                ByteBuffer value = ByteBuffer.wrap(("value " + offset).getBytes(StandardCharsets.UTF_8));
                writer.append(new SegmentRecord(offset, TIME + offset, null, value, List.of()));
            }
            WrittenSegment written = writer.finish();
            String key = WrittenSegment.key(ID, "orders", 0, written.header());
            Files.createDirectories(directory.resolve(key).getParent());
            Files.move(file, directory.resolve(key));
            return Manifest.Segment.of(key, written);
        }
    }

    Path file(int segment) {
        return directory.resolve(key(segment));
    }

    String key(int segment) {
        return segments().get(segment).key();
    }

    private List<Segment> segments() {
        return manifest.topics().get(0).partitions().get(0).segments();
    }

    /** Replaces the index of the two segments. */
    void save(List<Segment> segments) throws IOException {
        Topic orders = new Topic("orders", 1, List.of(new Partition(0, segments, List.of())));
        save(new Manifest(ID, TIME, null, List.of(), "", List.of(orders)));
    }

    Segment entry(int segment) {
        return segments().get(segment);
    }

    private void save(Manifest changed) throws IOException {
        manifest = changed;
        Path file = directory.resolve(Manifest.key(ID));
        Files.createDirectories(file.getParent());
        Files.write(file, ManifestJson.write(changed));
    }
}
