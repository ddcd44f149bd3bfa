package io.segue.bench;

import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentWriter;
import io.segue.protocol.segment.WrittenSegment;
import io.segue.protocol.store.FileStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An archive of JSON-like records of 1 KiB, the same bytes at every run. */
final class SyntheticArchive {
    static final String BACKUP = "bench";
    static final String TOPIC = "bench";
    private static final int RECORD_BYTES = 1024;
    private static final long PER_SEGMENT = 50_000;

    private SyntheticArchive() {}

    static void write(Path directory, long records, int partitions) throws IOException {
        Random random = new Random(42);
        List<Manifest.Partition> all = new ArrayList<>();
        Path spool = Files.createTempFile("bench-", ".segment");
        try (FileStore store = new FileStore(directory)) {
            for (int p = 0; p < partitions; p++) {
                List<Manifest.Segment> segments = new ArrayList<>();
                long count = records / partitions;
                for (long from = 0; from < count; from += PER_SEGMENT) {
                    segments.add(segment(store, spool, p, from, Math.min(count, from + PER_SEGMENT), random));
                }
                all.add(new Manifest.Partition(p, segments, List.of()));
            }
            Manifest manifest = new Manifest(
                    BACKUP, 0, "source", List.of(), "zstd", List.of(new Manifest.Topic(TOPIC, partitions, all)));
            store.put(Manifest.key(BACKUP), ManifestJson.write(manifest));
        } finally {
            Files.delete(spool);
        }
    }

    private static Manifest.Segment segment(
            FileStore store, Path spool, int partition, long from, long to, Random random) {
        try (SegmentWriter writer = SegmentWriter.create(spool, SegmentCompression.ZSTD, 3)) {
            for (long offset = from; offset < to; offset++) {
                writer.append(record(offset, random));
            }
            WrittenSegment written = writer.finish();
            String key = WrittenSegment.key(BACKUP, TOPIC, partition, written.header());
            store.put(key, spool);
            return Manifest.Segment.of(key, written);
        }
    }

    private static SegmentRecord record(long offset, Random random) {
        StringBuilder value =
                new StringBuilder(RECORD_BYTES).append("{\"order\":").append(offset);
        while (value.length() < RECORD_BYTES - 40) {
            value.append(",\"f")
                    .append(random.nextInt(30))
                    .append("\":\"")
                    .append(random.nextInt(1_000_000))
                    .append('"');
        }
        return new SegmentRecord(
                offset,
                1_700_000_000_000L + offset,
                ByteBuffer.wrap(("order-" + offset).getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap(value.append('}').toString().getBytes(StandardCharsets.UTF_8)),
                List.of());
    }
}
