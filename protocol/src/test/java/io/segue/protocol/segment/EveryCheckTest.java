package io.segue.protocol.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One row for every refusal of the readers of segments, in the order of their code: damaged input that reaches it, and the
 * whole message, which names the key and the position. A new check gets its row here.
 */
class EveryCheckTest {
    private static final byte[] RAW = Segments.golden("raw-records.bin");
    /** Where the second of the golden records begins in their stream. */
    private static final int SECOND = 117;

    private static final SegmentLimits SMALL = new SegmentLimits(117, 130);

    private static final String SECOND_RECORD = "(record 1, byte 117 of the record stream)";
    private static final String FIRST_RECORD = "(record 0, byte 0 of the record stream)";

    private static final String TOO_LARGE = "has a record of more than 200 bytes, which is the limit";

    /**
     * Damaged input and what is said of it.
     *
     * @param message the whole of it, but for the key
     */
    private record Row(String key, StoredSegment damaged, SegmentLimits limits, String message) {
        @Override
        public String toString() {
            return message;
        }
    }

    static Stream<Row> theFrame() {
        byte[] golden = Segments.golden("none.bin");
        return Stream.of(
                row(Arrays.copyOf(golden, 39), "is truncated: 39 bytes, a segment has at least 40 (byte 39)"),
                row(longer(Arrays.copyOf(golden, 20), 120), "ends before its 120 bytes (byte 20)"),
                row(longer(Arrays.copyOf(golden, 60), 160), "ends before its 160 bytes (byte 60)"),
                row(longer(golden, golden.length + 3), "ends before its 190 bytes (byte 187)"),
                row(with(golden, 4, 2), "has format version 2; only 1 is known (byte 4)"),
                row(with(golden, 5, 3), "has unknown compression 3; known are 0 none, 1 zstd, 2 lz4 (byte 5)"),
                row(with(golden, 15, 128), "claims 9223372036854775810 records, more than there can be (byte 8)"),
                row(with(golden, 183, 0), "does not end with BKAE: truncated or overwritten (byte 183)"),
                row(with(golden, 40, 9), "has CRC debd7cdf, its footer says 48f718b6: contents changed (byte 179)"),
                row(plain(5, RAW), "claims 5 records, more than fit into 147 bytes of record stream (byte 8)"));
    }

    static Stream<Row> compressedStreams() {
        return Stream.of(
                row(zstd(2, new byte[50], 0), "cannot be decompressed: Unknown frame descriptor " + FIRST_RECORD),
                row(zstd(2, Zstd.compress(RAW), 5), "cannot be decompressed: Truncated source " + FIRST_RECORD),
                row(lz4(2, "0400"), "has no LZ4 block: the LZ4 block ends in the middle of a sequence (byte 32)"),
                row(lz4(2, "93000000"), "the LZ4 block ends in the middle of a sequence " + FIRST_RECORD),
                row(lz4(2, "93000000 40 6162"), "the LZ4 block ends 2 bytes before its literals do " + FIRST_RECORD),
                row(
                        lz4(2, "93000000 40 61626364 0000"),
                        "an LZ4 match reaches 0 bytes back, where there are 4 " + FIRST_RECORD),
                row(
                        lz4(2, "93000000 40 61626364 0500"),
                        "an LZ4 match reaches 5 bytes back, where there are 4 " + FIRST_RECORD),
                row(
                        lz4(2, "3c000000 f0 ffffffff"),
                        "the LZ4 block holds more than the 60 bytes that it declares " + FIRST_RECORD),
                row(
                        lz4(2, "3c000000 4f 61626364 0100 ffff"),
                        "the LZ4 block holds more than the 60 bytes that it declares " + FIRST_RECORD),
                row(
                        lz4(9, "ffffffff 40 61626364"),
                        SMALL,
                        "claims 9 records, more than fit into 130 bytes of record stream (byte 8)"),
                row(
                        Segments.golden("lz4.bin"),
                        SMALL,
                        "has a record of 26 bytes where 9 are left of the record stream " + SECOND_RECORD),
                row(
                        Segments.golden("zstd.bin"),
                        SMALL,
                        "has a record of 26 bytes where 9 are left of the record stream " + SECOND_RECORD));
    }

    static Stream<Row> records() {
        byte[] half = Arrays.copyOf(RAW, RAW.length - 5);
        return Stream.of(
                row(
                        plain(3, RAW),
                        "ends after 2 of 3 records: data is missing (record 2, byte 147 of the record stream)"),
                row(zstd(2, Zstd.compress(half), 0), "ends 5 bytes before this record does " + SECOND_RECORD),
                second(0, 25, "has a record of 25 bytes; the smallest has 26"),
                second(0, 27, "has a record of 27 bytes where 26 are left of the record stream"),
                second(0, -1, "has a record of 4294967295 bytes; the limit is 67108864"),
                second(12, 42, "has offset 42 after offset 42: offsets must rise"),
                row(
                        plain(
                                2,
                                patched(
                                        12,
                                        ByteBuffer.allocate(8).putLong(0, 0xFFL).array())),
                        "has the negative offset -72057594037927936 " + FIRST_RECORD),
                second(20, Integer.MAX_VALUE, "key needs 2147483647 bytes where the record has 6 left"),
                second(20, 3, "value needs 4 bytes where the record has 3 left"),
                second(24, 3, "value needs 3 bytes where the record has 2 left"),
                second(24, 2, "header count needs 2 bytes where the record has 0 left"),
                first(35, "8813", "claims 5000 headers in the 80 bytes left of it"),
                first(37, "f401", "header key needs 500 bytes where the record has 78 left"),
                first(40, "88130000", "header value needs 5000 bytes where the record has 73 left"),
                first(71, "29000000", "length of a header's key needs 2 bytes where the record has 1 left"),
                first(83, "1d00", "header value needs 4 bytes where the record has 3 left"));
    }

    static Stream<Row> legacyJson() {
        String text = "[{'offset':1,'timestamp':2,'value':'dg==','headers':[{'key':'h','value':'dg=='}]}]";
        String noArray = "begins neither with KBAK nor with a JSON array of legacy records (byte 0)";
        String header = "{'key':'h','value':'dg=='}";
        return Stream.of(
                json("{}", noArray),
                json("\0", noArray),
                json("[5]", "is no JSON object", 2),
                json("[", "ends in the middle of its JSON", 1),
                json(text.substring(0, 50), "ends in the middle of its JSON", 50),
                json(
                        text.replace("','headers", "X','headers"),
                        "value is no base64: Illegal character '\"' (code 0x22) in base64 content",
                        42),
                row(
                        utf8(text + "[]"),
                        "holds something after the array of records (record 1, byte 83 of the record stream)"),
                json(text.replace("1", "-1"), "has the negative offset -1", 82),
                json(text.replace("'offset':1,", ""), "has no offset", 70),
                json(text.replace("'timestamp':2,", ""), "has no timestamp", 67),
                json(text.replace("1", "1.0"), "offset must be an integer", 14),
                json(text.replace("2", "null"), "timestamp must be an integer", 29),
                json(
                        text.replace("2", "9223372036854775808"),
                        "is no legacy JSON: Numeric value (9223372036854775808) out of range of long"
                                + " (-9223372036854775808 - 9223372036854775807)",
                        44),
                json(text.replace("'value':'dg==',", "'value':5,"), "value must be a base64 string", 36),
                json(text.replace("'value':'dg==',", "'key':[],"), "key must be a base64 string", 34),
                json(text.replace("[" + header + "]", "{}"), "headers must be an array", 53),
                json(text.replace(header, "null"), "a header must be an object", 57),
                json(text.replace("'h'", "7"), "a header's key must be a string", 61),
                json(text.replace("'key':'h',", ""), "a header has no key", 69),
                json(text.replace(header, "{'key':'h'}"), "a header has no value", 64),
                json(
                        text.replace("'h','value':'dg=='", "'h','value':null"),
                        "a header's value must be a base64 string",
                        76),
                json(
                        text.replace("'offset':1", "'offset':1,'offset':1"),
                        "is no legacy JSON: Duplicate field 'offset'",
                        21));
    }

    static Stream<Row> limitsOfLegacyJson() {
        String text = "[{'offset':1,'value':'dg==','headers':[{'key':'h','value':'dg=='}],'timestamp':2}]";
        String header = "{'key':'h','value':'dg=='}";
        return Stream.of(
                json(
                        text.replace(header, "{'x':" + "[".repeat(5) + "]".repeat(5) + "}"),
                        "is no legacy JSON: Document nesting depth (9) exceeds the maximum allowed (8, from"
                                + " `StreamReadConstraints.getMaxNestingDepth()`)",
                        48),
                json(
                        text.replace("'offset'", "'" + "x".repeat(60_000) + "':0,'offset'"),
                        "is no legacy JSON: Name length (N) exceeds the maximum allowed (1000, from"
                                + " `StreamReadConstraints.getMaxNameLength()`)",
                        1),
                json(
                        text.replace("'h'", "'" + "h".repeat(70_000) + "'"),
                        "is no legacy JSON: String value length (N) exceeds the maximum allowed (65535, from"
                                + " `StreamReadConstraints.getMaxStringLength()`)",
                        46),
                limited(
                        text + " ".repeat(100_000),
                        "is no legacy JSON: Document length (N) exceeds the maximum allowed (20000, from"
                                + " `StreamReadConstraints.getMaxDocumentLength()`) (record 1, byte 81 of the record stream)"),
                limited(text.replace("'dg==',", "'" + "AAAA".repeat(100) + "',"), TOO_LARGE + at(423)),
                limited(text.replace("'h'", "'" + "h".repeat(201) + "'"), TOO_LARGE + at(249)),
                limited(
                        text.replace(
                                header, "{'key':'','value':'" + "AAAA".repeat(30) + "'}" + ("," + header).repeat(60)),
                        TOO_LARGE + at(1664)),
                json(
                        text.replace(header, header + ("," + header).repeat(65_535)),
                        "has more than 65535 headers",
                        1769485),
                json(
                        IntStream.range(0, 1_001)
                                .mapToObj(i -> "{'offset':" + i + ",'timestamp':2,'x':{'y" + i + "':0}}")
                                .collect(Collectors.joining(",", "[", "]")),
                        "has more than 1000 different fields that no writer of records has (record 999, byte 43778 of the record stream)"));
    }

    static Stream<Row> compressedLegacyJson() {
        byte[] frame = Zstd.compress(utf8(IntStream.range(0, 20_000)
                .mapToObj(i -> "{'offset':" + i + ",'timestamp':2}")
                .collect(Collectors.joining(",", "[", "]"))));
        String lz4 = Segments.KEY + ".lz4";
        return Stream.of(
                row(Arrays.copyOf(frame, 6), "cannot be decompressed: Truncated source (byte 0)"),
                row(
                        Arrays.copyOf(frame, frame.length - 4),
                        "cannot be decompressed: Truncated source (record 17270, byte 528576 of the record stream)"),
                new Row(
                        lz4,
                        StoredSegment.of(new byte[2]),
                        SegmentLimits.DEFAULT,
                        "cannot be decompressed: the LZ4 block ends in the middle of a sequence (byte 0)"),
                new Row(
                        lz4,
                        StoredSegment.of(new byte[] {9, 0, 0, 0, 0x10, '[', 1, 0}),
                        SegmentLimits.DEFAULT,
                        "cannot be decompressed: the LZ4 block ends in the middle of a sequence (byte 0)"));
    }

    @ParameterizedTest
    @MethodSource({
        "theFrame",
        "compressedStreams",
        "records",
        "legacyJson",
        "limitsOfLegacyJson",
        "compressedLegacyJson"
    })
    void isReachedAndNamesKeyAndPosition(Row row) {
        DamagedSegmentException refused = assertThrows(DamagedSegmentException.class, () -> readAll(row));
        assertEquals(
                row.key + ": " + row.message,
                String.valueOf(refused.getMessage()).replaceFirst("length \\([0-9]+\\)", "length (N)"),
                "how far the parser had read where it stopped is its own business");
        assertEquals(row.key, refused.key());
    }

    private static void readAll(Row row) {
        try (SegmentReader reader = SegmentReader.open(row.key, row.damaged, row.limits)) {
            SegmentRecord record = reader.next();
            while (record != null) {
                record = reader.next();
            }
        }
    }

    private static Row row(byte[] segment, String message) {
        return row(segment, SegmentLimits.DEFAULT, message);
    }

    private static Row row(byte[] segment, SegmentLimits limits, String message) {
        return new Row(Segments.KEY, StoredSegment.of(segment), limits, message);
    }

    private static Row row(StoredSegment segment, String message) {
        return new Row(Segments.KEY, segment, SegmentLimits.DEFAULT, message);
    }

    private static Row second(int position, int value, String message) {
        byte[] stream = RAW.clone();
        ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).putInt(SECOND + position, value);
        return row(plain(2, stream), message + " " + SECOND_RECORD);
    }

    private static Row first(int position, String hex, String message) {
        return row(plain(2, patched(position, HexFormat.of().parseHex(hex))), message + " " + FIRST_RECORD);
    }

    private static String at(int position) {
        return " (record 0, byte " + position + " of the record stream)";
    }

    private static Row json(String text, String message) {
        return row(utf8(text), message);
    }

    private static Row json(String text, String message, int at) {
        return row(utf8(text), message + at(at));
    }

    private static Row limited(String text, String message) {
        return row(utf8(text), new SegmentLimits(200, 20_000), message);
    }

    private static byte[] utf8(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] patched(int position, byte[] bytes) {
        byte[] stream = RAW.clone();
        System.arraycopy(bytes, 0, stream, position, bytes.length);
        return stream;
    }

    private static byte[] with(byte[] segment, int position, int value) {
        byte[] damaged = segment.clone();
        damaged[position] = (byte) value;
        return damaged;
    }

    private static byte[] plain(long count, byte[] stream) {
        return Segments.frame(new SegmentHeader(SegmentCompression.NONE, count, 42, 43), stream);
    }

    private static byte[] zstd(long count, byte[] frame, int cut) {
        return Segments.frame(
                new SegmentHeader(SegmentCompression.ZSTD, count, 42, 43), Arrays.copyOf(frame, frame.length - cut));
    }

    private static byte[] lz4(long count, String hex) {
        return Segments.frame(
                new SegmentHeader(SegmentCompression.LZ4, count, 42, 43),
                HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** An object that is shorter than its store said. */
    private static StoredSegment longer(byte[] content, long length) {
        return new StoredSegment() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream newStream() {
                return new ByteArrayInputStream(content);
            }
        };
    }
}
