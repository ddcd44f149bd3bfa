package io.segue.protocol.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyJsonTest {
    private static final String KEY = "b1/topics/orders/partition=0/segment-000000.bin";
    private static final String RECORDS = """
            [{"key":"azE=","value":"aGVsbG8=","headers":[{"key":"h","value":"dg=="},{"key":"h","value":""}],
              "timestamp":1700000000000,"offset":42,"later":{"a":[1]}},
             {"key":null,"timestamp":1700000000001,"offset":44}]
            """;
    private static final List<SegmentRecord> EXPECTED = List.of(
            new SegmentRecord(
                    42,
                    1_700_000_000_000L,
                    Segments.utf8("k1"),
                    Segments.utf8("hello"),
                    List.of(new RecordHeader("h", Segments.utf8("v")), new RecordHeader("h", Segments.utf8("")))),
            new SegmentRecord(44, 1_700_000_000_001L, null, null, List.of()));

    @Test
    void plainArraysAreRead() {
        assertEquals(EXPECTED, read(KEY, utf8(RECORDS)));
        assertEquals(List.of(), read(KEY, utf8("[]")));
    }

    @Test
    void compressionIsToldByTheWholeSuffixOrByTheMagicOfZstd() throws IOException {
        byte[] zstd = Zstd.compress(utf8(RECORDS));
        assertEquals(EXPECTED, read(KEY + ".zst", zstd));
        assertEquals(EXPECTED, read(KEY, zstd));
        assertEquals(EXPECTED, read(KEY + ".zst", utf8(RECORDS)));
        ByteArrayOutputStream lz4 = new ByteArrayOutputStream();
        Lz4BlockEncoder.encode(ByteBuffer.wrap(utf8(RECORDS)), lz4);
        assertEquals(EXPECTED, read(KEY + ".lz4", lz4.toByteArray()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aGVsbG8= | aGVsbG8 | is no legacy JSON",
                "aGVsbG8= | a*VsbG8= | value is no base64",
                "\"aGVsbG8=\" | 5 | value must be a base64 string",
                "\"dg==\" | null | a header's value must be a base64 string",
                "{\"key\":\"h\",\"value\":\"dg==\"} | {\"key\":\"h\"} | a header has no value",
                "{\"key\":\"h\",\"value\":\"dg==\"} | {\"value\":\"dg==\"} | a header has no key",
                "{\"key\":\"h\",\"value\":\"dg==\"} | 5 | a header must be an object",
                "\"offset\":42, | `` | has no offset",
                "\"timestamp\":1700000000000, | `` | has no timestamp",
                "\"offset\":42 | \"offset\":42.0 | offset must be an integer",
                "\"offset\":42 | \"offset\":44 | offset 44 after offset 44",
                "\"offset\":42 | \"offset\":42,\"offset\":43 | Duplicate",
                "[1] | [[[[[[[[[1]]]]]]]]] | nesting depth",
                "[{\"key\":\"azE | {\"a\":[{\"key\":\"azE | begins neither with KBAK nor with a JSON array",
            })
    void damageIsNamedByRecord(String valid, String wrong, String message) {
        String refusal = refusal(KEY, utf8(RECORDS.replace(valid, wrong)));
        assertTrue(refusal.startsWith(KEY + ": "), refusal);
        assertTrue(refusal.contains(message), refusal);
    }

    @Test
    void noPrefixIsASegment() {
        String whole = RECORDS.strip();
        for (int end = 0; end < whole.length(); end++) {
            refusal(KEY, utf8(whole.substring(0, end)));
        }
        assertTrue(refusal(KEY, utf8(whole + "[]")).contains("something after the array"));
    }

    @Test
    void aDamagedMagicIsNamed() {
        byte[] damaged = Segments.golden("none.bin");
        damaged[1] = 'b';
        assertTrue(refusal(KEY + ".zst", new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 9})
                .contains("decompressed"));
        assertTrue(refusal(KEY, damaged).contains("begins neither with KBAK nor"), refusal(KEY, damaged));
    }

    private static List<SegmentRecord> read(String key, byte[] content) {
        return Segments.readAll(key, content, SegmentLimits.DEFAULT);
    }

    private static String refusal(String key, byte[] content) {
        return String.valueOf(assertThrows(DamagedSegmentException.class, () -> read(key, content))
                .getMessage());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
