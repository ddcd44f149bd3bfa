package io.segue.protocol.mapping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunBlockTest {
    private static final List<Run> GOLDEN = List.of(
            new Run(100, 40, 50), new Run(155, 91, 9), new Run(164, 200, 1), new Run((1L << 53) + 1, 201, 1L << 40));

    private static List<Run> random(Random random, int count, double density) {
        List<Run> runs = new ArrayList<>();
        long source = random.nextInt(1000);
        long target = random.nextInt(1000);
        while (runs.size() < count) {
            long length = 1 + geometric(random, 1 - density);
            runs.add(new Run(source, target, length));
            source += length + 1 + geometric(random, density);
            target += length;
        }
        return runs;
    }

    /** Failures before the first success. */
    private static long geometric(Random random, double success) {
        return success >= 1 ? 0 : (long) (Math.log(1 - random.nextDouble()) / Math.log(1 - success));
    }

    @Test
    void whateverIsEncodedIsDecoded() {
        long seed = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            Random random = new Random(seed + i);
            List<Run> runs = new ArrayList<>();
            long source = random.nextLong(1L << random.nextInt(61));
            long target = random.nextLong(1L << random.nextInt(61));
            for (int n = 1 + random.nextInt(20); n > 0; n--) {
                Run run = new Run(source, target, 1 + random.nextLong(1L << random.nextInt(56)));
                runs.add(run);
                source = run.sourceEnd() + (random.nextBoolean() ? 0 : random.nextLong(1L << random.nextInt(56)));
                target = run.targetEnd() + (random.nextBoolean() ? 0 : random.nextLong(1L << random.nextInt(56)));
            }
            long seen = seed + i;
            assertEquals(runs, RunBlock.decode(ByteBuffer.wrap(RunBlock.encode(runs))), () -> "seed " + seen);
        }
    }

    @Test
    void theFormatIsPinned() throws IOException {
        try (InputStream in = RunBlockTest.class.getResourceAsStream("/golden-mappings/runs.bin")) {
            assertTrue(in != null, "golden-mappings/runs.bin is missing");
            byte[] golden = in.readAllBytes();

            assertArrayEquals(golden, RunBlock.encode(GOLDEN));
            assertEquals(GOLDEN, RunBlock.decode(ByteBuffer.wrap(golden)));
        }
    }

    /** Random gaps at a density have an entropy; the code stays within a sixth of it, or within a bit for each run. */
    @ParameterizedTest
    @CsvSource({"0.99", "0.9", "0.5", "0.1"})
    void randomGapsTakeLittleMoreThanTheLeastPossible(double density) {
        List<Run> runs = random(new Random(7), 100_000, density);
        long offsets = runs.get(runs.size() - 1).sourceEnd() - runs.get(0).source();
        double bits = offsets * -(density * log2(density) + (1 - density) * log2(1 - density));

        double size = 8.0 * RunBlock.encode(runs).length;

        assertTrue(size < 1.17 * bits, () -> size / bits + " times the entropy at density " + density);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    @Test
    void aContiguousPartitionTakesAFewBytes() {
        assertEquals(17, RunBlock.encode(List.of(new Run(1_000_000_000, 0, 1_000_000_000))).length);
    }

    @Test
    void whatDoesNotRiseIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> RunBlock.encode(List.of(new Run(5, 5, 2), new Run(6, 7, 1))));
        assertThrows(IllegalArgumentException.class, () -> RunBlock.encode(List.of()));
    }

    /** Hostile or damaged bytes are refused; they never overflow, never ask for memory. */
    @Test
    void damageIsFoundOrHarmless() {
        byte[] sound = RunBlock.encode(GOLDEN);
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = sound.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            byte[] cut = Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
            try {
                List<Run> runs = RunBlock.decode(ByteBuffer.wrap(cut));
                assertTrue(runs.size() <= 8 * cut.length + 1 || runs.size() <= RunBlock.MAX_RUNS);
            } catch (InvalidMappingException refused) {
                assertTrue(String.valueOf(refused.getMessage()).contains("block"), refused.toString());
            }
        }
    }
}
