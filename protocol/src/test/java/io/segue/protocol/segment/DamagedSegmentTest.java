package io.segue.protocol.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every check of the reader, each with input that only this check refuses. */
class DamagedSegmentTest {
    private static final byte[] RAW = Segments.golden("raw-records.bin");
    /** Where the second of the golden records begins in their stream. */
    private static final int SECOND = 117;

    @ParameterizedTest
    @EnumSource
    void noFlippedByteGoesUnnoticed(SegmentCompression compression) {
        byte[] golden = Segments.golden(compression.word() + ".bin");
        for (int i = 0; i < golden.length; i++) {
            byte[] damaged = golden.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            refusal(damaged);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noTruncatedSegmentGoesUnnoticed(SegmentCompression compression) {
        byte[] golden = Segments.golden(compression.word() + ".bin");
        for (int length = 0; length < golden.length; length++) {
            refusal(Arrays.copyOf(golden, length));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | 2 | has format version 2; only 1 is known (byte 4)",
                "5 | 3 | has unknown compression 3; known are 0 none, 1 zstd, 2 lz4 (byte 5)",
                "15 | -1 | claims 18374686479671623682 records, more than there can be (byte 8)",
                "40 | 9 | has CRC",
                "183 | 0 | does not end with BKAE: truncated or overwritten (byte 183)",
            })
    void aDamagedFrameIsNamedByByte(int position, byte value, String message) {
        byte[] damaged = Segments.golden("none.bin");
        damaged[position] = value;
        assertTrue(refusal(damaged).startsWith(Segments.KEY + ": " + message), refusal(damaged));
    }

    @Test
    void tooShortIsNamedFirst() {
        byte[] damaged = Arrays.copyOf(Segments.golden("none.bin"), 39);
        assertEquals(Segments.KEY + ": is truncated: 39 bytes, a segment has at least 40 (byte 39)", refusal(damaged));
    }

    @Test
    void theEndMagicIsCheckedBeforeTheChecksum() {
        byte[] damaged = Segments.golden("none.bin");
        damaged[40] ^= 1;
        damaged[183] ^= 1;
        assertTrue(refusal(damaged).contains("BKAE"));
    }

    @Test
    void fewerRecordsThanTheHeaderClaimsAreMissingData() {
        byte[] damaged = plain(3, RAW);
        assertEquals(
                Segments.KEY + ": ends after 2 of 3 records: data is missing (record 2, byte 147 of the record stream)",
                refusal(damaged));
        assertTrue(refusal(plain(3, Arrays.copyOf(RAW, RAW.length + 3))).contains("2 of 3 records"));
    }

    @Test
    void moreRecordsThanCanBeAreRefusedAtOnce() {
        assertTrue(refusal(plain(1000, RAW)).contains("claims 1000 records, more than fit into 147 bytes"));
    }

    @Test
    void whatFollowsTheLastRecordIsIgnoredAndSaid() {
        byte[] surplus = Arrays.copyOf(RAW, RAW.length + 100);
        byte[] segment = plain(2, surplus);
        assertEquals(Segments.goldenRecords(), Segments.readAll(segment));
        assertEquals(List.of("bytes after the last of 2 records are ignored, as the peer does"), remarks(segment));
    }

    @Test
    void bytesAfterTheLastHeaderOfARecordAreIgnored() {
        byte[] padded = Arrays.copyOf(RAW, RAW.length + 9);
        ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).putInt(SECOND, 26 + 9);
        assertEquals(Segments.goldenRecords(), Segments.readAll(plain(2, padded)));
    }

    @Test
    void aHeaderThatDisagreesWithTheRecordsIsSaid() {
        byte[] segment = Segments.frame(new SegmentHeader(SegmentCompression.NONE, 2, 40, 50), RAW);
        assertEquals(Segments.goldenRecords(), Segments.readAll(segment));
        assertEquals(
                List.of(
                        "the first record has offset 42, the header says 40",
                        "the last record has offset 43, the header says 50"),
                remarks(segment));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // where in the second record, new value, message
                "0 | 25 | has a record of 25 bytes; the smallest has 26",
                "0 | 27 | has a record of 27 bytes where 26 are left of the record stream",
                "0 | -1 | has a record of 4294967295 bytes; the limit is 67108864",
                "12 | 42 | has offset 42 after offset 42: offsets must rise",
                "12 | 41 | has offset 41 after offset 42: offsets must rise",
                "20 | 3 | value needs 4 bytes where the record has 3 left",
                "20 | 2147483647 | key needs 2147483647 bytes where the record has 6 left",
                "24 | 3 | value needs 3 bytes where the record has 2 left",
                "24 | 2 | header count needs 2 bytes where the record has 0 left",
            })
    void aDamagedRecordIsNamedByIndexAndPosition(int position, int value, String message) {
        byte[] stream = RAW.clone();
        ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).putInt(SECOND + position, value);
        String refusal = refusal(plain(2, stream));
        assertTrue(refusal.startsWith(Segments.KEY + ": " + message), refusal);
        assertTrue(refusal.endsWith("(record 1, byte 117 of the record stream)"), refusal);
    }

    @Test
    void aNegativeOffsetIsRefused() {
        byte[] stream = RAW.clone();
        ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).putLong(12, -5);
        assertTrue(refusal(plain(2, stream)).contains("negative offset -5"));
    }

    @Test
    void anyNegativeLengthIsNullAsForThePeer() {
        byte[] stream = RAW.clone();
        ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).putInt(SECOND + 20, -7);
        assertEquals(Segments.goldenRecords(), Segments.readAll(plain(2, stream)));
    }

    @ParameterizedTest
    @CsvSource({"29, 5000, claims 5000 headers", "31, 500, header key needs 500", "34, 5000, header value needs 5000"})
    void damagedHeadersOfARecordAreNamed(int position, int value, String message) {
        // the first golden record: length 4, timestamp 8, offset 8, key 4 + 2, value 4 + 5, header count at 35
        byte[] stream = RAW.clone();
        ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).putShort(position + 6, (short) value);
        assertTrue(refusal(plain(2, stream)).contains(message), refusal(plain(2, stream)));
    }

    @Test
    void brokenZstdIsNamed() {
        byte[] frame = Zstd.compress(RAW);
        byte[] cut = Segments.frame(
                new SegmentHeader(SegmentCompression.ZSTD, 2, 42, 43), Arrays.copyOf(frame, frame.length - 5));
        assertTrue(refusal(cut).contains("cannot be decompressed"), refusal(cut));
        byte[] noise = Segments.frame(new SegmentHeader(SegmentCompression.ZSTD, 2, 42, 43), new byte[50]);
        assertTrue(refusal(noise).contains("cannot be decompressed"), refusal(noise));
    }

    @Test
    void aBombStopsAtTheLimits() {
        SegmentLimits limits = new SegmentLimits(1 << 20, 4 << 20);
        byte[] zeros = Zstd.compress(new byte[64 << 20]);
        byte[] bomb = Segments.frame(new SegmentHeader(SegmentCompression.ZSTD, 5, 0, 9), zeros);
        assertTrue(refusal(bomb, limits).contains("record of 0 bytes"));

        ByteBuffer stream = ByteBuffer.allocate(8 << 20).order(ByteOrder.LITTLE_ENDIAN);
        int bytes = 1 << 20;
        for (int i = 0; i < 8; i++) {
            stream.putInt(i * bytes, bytes - 4).putLong(i * bytes + 12, i).putInt(i * bytes + 20, -1);
            stream.putInt(i * bytes + 24, -1);
        }
        byte[] many =
                Segments.frame(new SegmentHeader(SegmentCompression.ZSTD, 8, 0, 7), Zstd.compress(stream.array()));
        assertTrue(
                refusal(many, limits)
                        .endsWith("are left of the record stream (record 4, byte 4194304 of the record" + " stream)"),
                refusal(many, limits));
    }

    @Test
    void aDecompressedStreamEndsAtItsLimitToo() {
        byte[] segment = Segments.frame(new SegmentHeader(SegmentCompression.ZSTD, 2, 42, 43), Zstd.compress(RAW));
        String refusal = refusal(segment, new SegmentLimits(117, 130));
        assertTrue(refusal.contains("has a record of 26 bytes where 9 are left"), refusal);
    }

    private static byte[] plain(long count, byte[] stream) {
        return Segments.frame(new SegmentHeader(SegmentCompression.NONE, count, 42, 43), stream);
    }

    private static List<String> remarks(byte[] segment) {
        try (SegmentReader reader =
                SegmentReader.open(Segments.KEY, StoredSegment.of(segment), SegmentLimits.DEFAULT)) {
            SegmentRecord record = reader.next();
            while (record != null) {
                record = reader.next();
            }
            return reader.remarks();
        }
    }

    private static String refusal(byte[] segment) {
        return refusal(segment, SegmentLimits.DEFAULT);
    }

    private static String refusal(byte[] segment, SegmentLimits limits) {
        DamagedSegmentException refused =
                assertThrows(DamagedSegmentException.class, () -> Segments.readAll(Segments.KEY, segment, limits));
        assertEquals(Segments.KEY, refused.key());
        return String.valueOf(refused.getMessage());
    }
}
