package io.segue.protocol.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Lz4BlockTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 12, 13, 14, 64, 1000, 65_534, 65_535, 65_536, 262_144, 262_145, 3_000_000})
    void everySizeAndEntropyComesBack(int size) throws IOException {
        for (int symbols : new int[] {1, 2, 4, 16, 256}) {
            byte[] input = new byte[size];
            Random random = new Random(symbols);
            for (int i = 0; i < size; i++) {
                input[i] = (byte) random.nextInt(symbols);
            }
            assertArrayEquals(input, decode(encode(input)), size + " bytes of " + symbols + " symbols");
        }
    }

    @Test
    void matchesReachBackTheWholeWindowAndNotFurther() throws IOException {
        byte[] noise = new byte[65_535];
        new Random(1).nextBytes(noise);
        byte[] twice = Arrays.copyOf(noise, 2 * noise.length);
        System.arraycopy(noise, 0, twice, noise.length, noise.length);
        byte[] block = encode(twice);
        assertTrue(block.length < noise.length + 1000, "the second half is one match");
        assertArrayEquals(twice, decode(block));
    }

    @Test
    void aLongRunOfOneByteTakesAFewHundredthsOfItsSize() throws IOException {
        byte[] zeros = new byte[1 << 20];
        byte[] block = encode(zeros);
        assertTrue(block.length < zeros.length / 200);
        assertArrayEquals(zeros, decode(block));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "040000 | ends in the middle of a sequence",
                "04000000 | ends in the middle of a sequence",
                "04000000 40 6162 | ends 2 bytes before its literals do",
                "04000000 50 6162636465 | holds more than the 4 bytes that it declares",
                "09000000 40 61626364 0000 | reaches 0 bytes back, where there are 4",
                "09000000 40 61626364 0500 | reaches 5 bytes back, where there are 4",
                "07000000 40 61626364 0400 | holds more than the 7 bytes that it declares",
                "08000000 40 61626364 0400 | ends in the middle of a sequence",
                "09000000 40 61626364 04 | ends in the middle of a sequence",
                "ff000000 f0 | ends in the middle of a sequence",
                "04000000 f0 ffffffff | holds more than the 4 bytes",
            })
    void malformedBlocksAreRefused(String hex, String message) {
        byte[] block = HexFormat.of().parseHex(hex.replace(" ", ""));
        IOException refused = assertThrows(MalformedBlockException.class, () -> decode(block));
        String said = String.valueOf(refused.getMessage());
        assertTrue(said.contains(message), said);
    }

    @Test
    void lessThanDeclaredIsToleratedAsByThePeer() throws IOException {
        byte[] block = HexFormat.of().parseHex("09000000" + "40" + "61626364");
        assertEquals("abcd", new String(decode(block), java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void damagedBlocksNeverYieldMoreThanTheyDeclare() throws IOException {
        byte[] input = new byte[2000];
        Random random = new Random(5);
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) random.nextInt(3);
        }
        byte[] block = encode(input);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = block.clone();
            damaged[4 + random.nextInt(block.length - 4)] = (byte) random.nextInt();
            try {
                assertTrue(decode(damaged).length <= input.length);
            } catch (IOException e) {
                assertTrue(e instanceof MalformedBlockException, e.toString());
            }
        }
    }

    private static byte[] encode(byte[] input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Lz4BlockEncoder.encode(ByteBuffer.wrap(input), out);
        return out.toByteArray();
    }

    private static byte[] decode(byte[] block) throws IOException {
        try (Lz4BlockInputStream in = new Lz4BlockInputStream(new ByteArrayInputStream(block))) {
            return in.readAllBytes();
        }
    }
}
