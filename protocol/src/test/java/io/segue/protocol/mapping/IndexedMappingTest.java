package io.segue.protocol.mapping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.store.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexedMappingTest {
    private static final TopicPartition FIRST = new TopicPartition("orders", 0);
    private static final TopicPartition SECOND = new TopicPartition("orders", 3);
    private static final TopicPartition TARGET = new TopicPartition("restored", 1);

    @TempDir
    Path directory = Path.of("");

    /** Two sources that interleave in one target partition, as runs of a few records each. */
    private static PartitionMapping.Collector interleaved(Random random, int runs, IndexedMappingWriter writer) {
        PartitionMapping.Collector expected = new PartitionMapping.Collector();
        long[] sources = {random.nextInt(9), random.nextInt(9)};
        long target = 40;
        for (int i = 0; i < runs; i++) {
            int input = random.nextInt(2);
            sources[input] += 1 + random.nextInt(4);
            Run run = new Run(sources[input], target, 1 + random.nextInt(3));
            TopicPartition source = input == 0 ? FIRST : SECOND;
            expected.add(source, run);
            writer.add(source, run);
            sources[input] = run.sourceEnd();
            target = run.targetEnd() + random.nextInt(2);
        }
        return expected;
    }

    private Path write(PartitionMapping... mappings) {
        Path file = directory.resolve("written.map");
        try (IndexedMappingWriter writer = new IndexedMappingWriter(TARGET, file)) {
            for (PartitionMapping mapping : mappings) {
                mapping.runs().forEach(run -> writer.add(mapping.source(), run));
            }
            writer.finish();
        }
        return file;
    }

    @Test
    void everyLookupIsThatOfTheRunsAtHand() throws IOException {
        Path file = directory.resolve("1.map");
        Random random = new Random(11);
        PartitionMapping.Collector collector;
        try (IndexedMappingWriter writer = new IndexedMappingWriter(TARGET, file)) {
            collector = interleaved(random, 30_000, writer);
            writer.finish();
        }
        assertArrayEquals(new String[] {"1.map"}, directory.toFile().list(), "the spool of the index is gone");
        try (IndexedMappingFile opened = IndexedMappingFile.open(MappingBytes.of(file))) {
            List<PartitionMapping> expected = collector.into(TARGET);
            assertEquals(2, opened.mappings().size());
            for (int i = 0; i < 2; i++) {
                assertSame(expected.get(i), opened.mappings().get(i), random);
            }
        }
    }

    private static void assertSame(PartitionMapping expected, OffsetMapping found, Random random) {
        assertEquals(expected.source(), found.source());
        assertEquals(expected.target(), found.target());
        assertEquals(expected.records(), found.records());
        assertEquals(expected.first(), found.first());
        assertEquals(expected.last(), found.last());
        List<Run> runs = new ArrayList<>();
        found.runs().forEach(runs::add);
        assertEquals(expected.runs(), runs);
        long end = expected.last().orElseThrow().sourceEnd() + 10;
        for (int i = 0; i < 500; i++) {
            long offset = random.nextLong(end);
            assertEquals(expected.translate(offset), found.translate(offset), () -> "source offset " + offset);
            assertEquals(expected.recordsBelow(offset), found.recordsBelow(offset), () -> "below source " + offset);
            assertEquals(
                    expected.recordsBelowTarget(offset),
                    found.recordsBelowTarget(offset),
                    () -> "below target " + offset);
        }
        assertEquals(expected.translate(Long.MAX_VALUE), found.translate(Long.MAX_VALUE));
        assertEquals(expected.translate(0), found.translate(0));
    }

    @Test
    void anObjectInAStoreIsReadInPieces() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            runs.add(new Run(3L * i, 2L * i, 2));
        }
        PartitionMapping mapping = new PartitionMapping(FIRST, TARGET, runs);
        write(mapping);
        try (FileStore store = new FileStore(directory);
                MappingBytes bytes = new MappingBytes.OfObject(
                        "written.map",
                        store,
                        "written.map",
                        store.size("written.map").orElseThrow());
                IndexedMappingFile opened = IndexedMappingFile.open(bytes)) {
            assertSame(mapping, opened.mappings().get(0), new Random(2));
        }
    }

    @Test
    void theFormatIsPinned() throws IOException {
        Path file = write(
                new PartitionMapping(FIRST, TARGET, List.of(new Run(5, 0, 3), new Run(9, 4, 1))),
                new PartitionMapping(SECOND, TARGET, List.of(new Run(0, 3, 1))));
        try (InputStream in = IndexedMappingTest.class.getResourceAsStream("/golden-mappings/indexed.map")) {
            assertTrue(in != null, "golden-mappings/indexed.map is missing");
            assertArrayEquals(in.readAllBytes(), Files.readAllBytes(file));
        }
    }

    @Test
    void aPartitionWithoutRunsHasNoPair() {
        try (IndexedMappingFile opened = IndexedMappingFile.open(MappingBytes.of(write()))) {
            assertEquals(List.of(), opened.mappings());
        }
    }

    /** Wherever a byte is wrong, a lookup gives the right answer or says that the file is damaged. */
    @Test
    void damageIsFound() throws IOException {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            runs.add(new Run(3L * i, 2L * i, 2));
        }
        PartitionMapping mapping = new PartitionMapping(FIRST, TARGET, runs);
        byte[] sound = Files.readAllBytes(write(mapping));
        Path damaged = directory.resolve("damaged.map");
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] content = sound.clone();
            content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(damaged, content);
            try (IndexedMappingFile opened = IndexedMappingFile.open(MappingBytes.of(damaged))) {
                List<Run> found = new ArrayList<>();
                opened.mappings().get(0).runs().forEach(found::add);
                assertEquals(runs, found);
            } catch (InvalidMappingException | IllegalArgumentException e) {
                refused++;
            }
        }
        assertTrue(refused > 250, "refused " + refused);
    }

    @Test
    void aFileThatWasNotFinishedIsRefused() throws IOException {
        byte[] sound = Files.readAllBytes(write(new PartitionMapping(FIRST, TARGET, List.of(new Run(5, 0, 3)))));
        Path cut = directory.resolve("cut.map");
        for (int length = 0; length < sound.length; length++) {
            Files.write(cut, java.util.Arrays.copyOf(sound, length));
            try (MappingBytes bytes = MappingBytes.of(cut)) {
                assertThrows(InvalidMappingException.class, () -> IndexedMappingFile.open(bytes));
            }
        }
    }
}
