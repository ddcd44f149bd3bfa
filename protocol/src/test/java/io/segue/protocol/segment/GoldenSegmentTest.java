package io.segue.protocol.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GoldenSegmentTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void decodesWhatThePeerWrote(SegmentCompression compression) {
        byte[] golden = Segments.golden(compression.word() + ".bin");
        try (SegmentReader reader = SegmentReader.open(Segments.KEY, StoredSegment.of(golden), SegmentLimits.DEFAULT)) {
            assertEquals(Optional.of(new SegmentHeader(compression, 2, 42, 43)), reader.header());
            assertEquals(Segments.goldenRecords().get(0), reader.next());
            assertEquals(Segments.goldenRecords().get(1), reader.next());
            assertEquals(null, reader.next());
            assertEquals(List.of(), reader.remarks());
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE, none.bin", "LZ4, lz4.bin"})
    void encodesByteForByteAsThePeer(SegmentCompression compression, String golden) throws IOException {
        assertArrayEquals(Segments.golden(golden), Segments.write(directory, compression, Segments.goldenRecords()));
    }

    @Test
    void encodesZstdThatDecodesToTheSame() throws IOException {
        byte[] written = Segments.write(directory, SegmentCompression.ZSTD, Segments.goldenRecords());

        assertArrayEquals(
                Arrays.copyOf(Segments.golden("zstd.bin"), 32), Arrays.copyOf(written, 32), "the same header");
        byte[] payload = Arrays.copyOfRange(written, 32, written.length - 8);
        byte[] raw = Segments.golden("raw-records.bin");
        byte[] decoded = new byte[raw.length];
        assertEquals(raw.length, Zstd.decompressByteArray(decoded, 0, raw.length, payload, 0, payload.length));
        assertArrayEquals(raw, decoded);
        assertEquals(Segments.goldenRecords(), Segments.readAll(written));
    }

    @Test
    void zstdFramesCarryNoContentSize() throws IOException {
        byte[] written = Segments.write(directory, SegmentCompression.ZSTD, Segments.goldenRecords());
        int descriptor = ByteBuffer.wrap(written).get(32 + 4);
        assertEquals(0, descriptor & 0b1110_0100, "neither content size, nor single segment, nor checksum");
    }

    @Test
    void readsConcatenatedZstdFrames() {
        byte[] raw = Segments.golden("raw-records.bin");
        byte[] first = Zstd.compress(Arrays.copyOf(raw, 50));
        byte[] second = Zstd.compress(Arrays.copyOfRange(raw, 50, raw.length));
        byte[] payload = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, payload, first.length, second.length);

        byte[] segment = Segments.frame(new SegmentHeader(SegmentCompression.ZSTD, 2, 42, 43), payload);

        assertEquals(Segments.goldenRecords(), Segments.readAll(segment));
    }
}
