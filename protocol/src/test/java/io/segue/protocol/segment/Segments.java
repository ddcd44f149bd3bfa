package io.segue.protocol.segment;

import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** What the tests of the codec share: golden files, random records, and the making and damaging of segments. */
final class Segments {
    static final String KEY = "b1/topics/orders/partition=0/segment-00000000000000000042.bin";

    private Segments() {}

    static byte[] golden(String name) {
        try (InputStream in = Segments.class.getResourceAsStream("/golden-segments/" + name)) {
            if (in == null) {
                throw new AssertionError("no golden file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<SegmentRecord> goldenRecords() {
        long timestamp = 1_700_000_000_000L;
        return List.of(
                new SegmentRecord(
                        42,
                        timestamp,
                        utf8("k1"),
                        utf8("hello"),
                        List.of(
                                new RecordHeader("h", utf8("v")),
                                new RecordHeader("n", null),
                                new RecordHeader("x-original-offset", littleEndian(42)),
                                new RecordHeader("x-original-timestamp", littleEndian(timestamp)))),
                new SegmentRecord(43, timestamp + 1, null, null, List.of()));
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer littleEndian(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .flip()
                .order(ByteOrder.BIG_ENDIAN);
    }

    static List<SegmentRecord> readAll(byte[] segment) {
        return readAll(KEY, segment, SegmentLimits.DEFAULT);
    }

    static List<SegmentRecord> readAll(String key, byte[] segment, SegmentLimits limits) {
        List<SegmentRecord> records = new ArrayList<>();
        try (SegmentReader reader = SegmentReader.open(key, StoredSegment.of(segment), limits)) {
            for (SegmentRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
        return records;
    }

    static byte[] write(Path directory, SegmentCompression compression, List<SegmentRecord> records)
            throws IOException {
        Path file = directory.resolve("segment");
        try (SegmentWriter writer = SegmentWriter.create(file, compression, 3)) {
            records.forEach(writer::append);
            writer.finish();
        }
        return Files.readAllBytes(file);
    }

    /** A segment of any header and payload, with a right checksum. */
    static byte[] frame(SegmentHeader header, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(40 + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(header.encode()).put(payload);
        CRC32 crc = new CRC32();
        crc.update(out.array(), 0, out.position());
        return out.putInt((int) crc.getValue())
                .put("BKAE".getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /** Records with everything that a record can have, offsets rising with gaps. */
    static List<SegmentRecord> random(Random random, int count) {
        List<SegmentRecord> records = new ArrayList<>();
        long offset = random.nextInt(1000);
        for (int i = 0; i < count; i++) {
            List<RecordHeader> headers = new ArrayList<>();
            for (int h = random.nextInt(8) - 4; h > 0; h--) {
                headers.add(new RecordHeader("héader-" + random.nextInt(2), bytes(random, 40)));
            }
            records.add(new SegmentRecord(
                    offset, random.nextLong() >>> 20, bytes(random, 20), bytes(random, 3000), headers));
            offset += 1 + Math.max(0, random.nextInt(20) - 15);
        }
        return records;
    }

    private static @Nullable ByteBuffer bytes(Random random, int limit) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return null;
        }
        byte[] bytes = new byte[kind == 1 ? 0 : random.nextInt(limit)];
        if (kind < 5) {
            random.nextBytes(bytes);
        } else {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ("{\"order\":".charAt(i % 9) + random.nextInt(20) / 19);
            }
        }
        return ByteBuffer.wrap(bytes);
    }
}
