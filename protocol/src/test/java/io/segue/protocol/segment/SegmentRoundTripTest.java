package io.segue.protocol.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentRoundTripTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void randomRecordsComeBackAsTheyWere(SegmentCompression compression) throws IOException {
        for (long seed = 1; seed <= 40; seed++) {
            List<SegmentRecord> records = Segments.random(new Random(seed), 1 + (int) (seed * seed));
            assertEquals(records, Segments.readAll(Segments.write(directory, compression, records)), "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRecordLargerThanEveryBufferComesBack(SegmentCompression compression) throws IOException {
        byte[] noise = new byte[5 << 20];
        new Random(7).nextBytes(noise);
        List<SegmentRecord> records = List.of(
                new SegmentRecord(0, 1, null, ByteBuffer.wrap(noise), List.of()),
                new SegmentRecord(1, 1, ByteBuffer.wrap(new byte[3 << 20]), ByteBuffer.wrap(noise), List.of()));
        assertEquals(records, Segments.readAll(Segments.write(directory, compression, records)));
    }

    @ParameterizedTest
    @EnumSource
    void readsFromASpoolFile(SegmentCompression compression) throws IOException {
        List<SegmentRecord> records = Segments.random(new Random(3), 500);
        Segments.write(directory, compression, records);
        StoredSegment stored = StoredSegment.of(directory.resolve("segment"));
        List<SegmentRecord> read = new ArrayList<>();
        try (SegmentReader reader = SegmentReader.open(Segments.KEY, stored, SegmentLimits.DEFAULT)) {
            for (SegmentRecord record = reader.next(); record != null; record = reader.next()) {
                read.add(record);
            }
        }
        assertEquals(records, read);
    }

    @ParameterizedTest
    @EnumSource
    void theManifestLearnsWhatWasWritten(SegmentCompression compression) throws IOException {
        Path file = directory.resolve("segment");
        List<SegmentRecord> records = List.of(
                new SegmentRecord(7, 300, null, Segments.utf8("a"), List.of()),
                new SegmentRecord(9, 100, null, Segments.utf8("b"), List.of()),
                new SegmentRecord(12, 200, null, Segments.utf8("c"), List.of()));
        try (SegmentWriter writer = SegmentWriter.create(file, compression, 3)) {
            records.forEach(writer::append);
            assertEquals(3 * 31, writer.bytes());
            assertEquals(3, writer.records());
            WrittenSegment written = writer.finish();
            String key = WrittenSegment.key("b1", "orders", 0, written.header());
            assertEquals(
                    "b1/topics/orders/partition=0/segment-00000000000000000007.bin" + compression.extension(), key);
            assertEquals(
                    new Manifest.Segment(key, 7, 12, 100, 300, 3, 93, Files.size(file)),
                    Manifest.Segment.of(key, written),
                    "lowest and highest timestamp, not first and last");
        }
        assertEquals(List.of(file), filesOf(directory), "no temporary file is left");
    }

    private static List<Path> filesOf(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void offsetsMustRise() {
        try (SegmentWriter writer = SegmentWriter.create(directory.resolve("segment"), SegmentCompression.NONE, 1)) {
            writer.append(new SegmentRecord(5, 0, null, null, List.of()));
            SegmentRecord repeat = new SegmentRecord(5, 0, null, null, List.of());
            assertThrows(IllegalArgumentException.class, () -> writer.append(repeat));
        }
    }

    @Test
    void whatTheFormatHasNoRoomForIsRefusedByOffset() {
        SegmentRecord manyHeaders =
                new SegmentRecord(5, 0, null, null, Collections.nCopies(65_536, new RecordHeader("h", null)));
        SegmentRecord longName =
                new SegmentRecord(6, 0, null, null, List.of(new RecordHeader("h".repeat(65_536), null)));
        try (SegmentWriter writer = SegmentWriter.create(directory.resolve("segment"), SegmentCompression.NONE, 1)) {
            for (SegmentRecord record : List.of(manyHeaders, longName)) {
                UnstorableRecordException refused =
                        assertThrows(UnstorableRecordException.class, () -> writer.append(record));
                assertTrue(String.valueOf(refused.getMessage()).contains("offset " + record.offset()));
            }
        }
    }

    @Test
    void theMostHeadersThatFitComeBack() throws IOException {
        List<SegmentRecord> records = List.of(new SegmentRecord(
                5, 0, null, null, Collections.nCopies(65_535, new RecordHeader("h".repeat(10), null))));
        assertEquals(records, Segments.readAll(Segments.write(directory, SegmentCompression.LZ4, records)));
    }

    @Test
    void aSegmentIsFullAtItsBytesOrItsRecords() {
        SegmentRotation rotation = new SegmentRotation(100, 3);
        assertFalse(rotation.full(99, 2));
        assertTrue(rotation.full(100, 1));
        assertTrue(rotation.full(1, 3));
        assertThrows(IllegalArgumentException.class, () -> new SegmentRotation(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new SegmentRotation(SegmentRotation.MAX_BYTES + 1, 1));
    }
}
