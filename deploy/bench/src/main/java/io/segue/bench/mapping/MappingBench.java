package io.segue.bench.mapping;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.FragmentMerge;
import io.segue.protocol.mapping.IndexedMappingFile;
import io.segue.protocol.mapping.IndexedMappingWriter;
import io.segue.protocol.mapping.MappingBytes;
import io.segue.protocol.mapping.Merged;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.mapping.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;

/** Prints what docs/benchmarks.md holds: {@code deploy/bench/mapping [RECORDS [SCENARIO]]}, with a heap of 256 MB. */
public final class MappingBench {
    private static final List<Scenario> SCENARIOS = List.of(
            new Scenario("contiguous", 1, 1),
            new Scenario("1 % gaps", 0.99, 1),
            new Scenario("10 % gaps", 0.9, 1),
            new Scenario("50 % gaps", 0.5, 1),
            new Scenario("6 to 12 partitions", 0.5, 1),
            new Scenario("12 to 6 partitions", 1, 2));
    private static final int LOOKUPS = 1_000_000;
    private static final int PEER_RECORDS = 2_000_000;
    private static final int PEER_LOOKUPS = 200;
    private static final int FRAGMENTS = 100_000;

    private MappingBench() {}

    public static void main(String[] arguments) throws IOException {
        long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100_000_000L;
        print(
                "Heap limit %d MB, %,d records in a partition",
                Runtime.getRuntime().maxMemory() >> 20, records);
        print("%-20s %14s %12s %12s %12s %14s", "", "runs", "bytes", "per record", "per run", "lookups/s");
        Path directory = Files.createTempDirectory("segue-bench-");
        List<Scenario> wanted = SCENARIOS.stream()
                .filter(scenario -> arguments.length < 2 || scenario.name().equals(arguments[1]))
                .toList();
        for (Scenario scenario : wanted) {
            Path file = directory.resolve("mapping.map");
            measure(scenario, records, file);
            Files.delete(file);
        }
        merge();
        peer();
        Files.delete(directory);
    }

    private static void measure(Scenario scenario, long records, Path file) throws IOException {
        long[] runs = new long[1];
        try (IndexedMappingWriter writer = new IndexedMappingWriter(Scenario.target(), file)) {
            scenario.runs(records, (source, run) -> {
                writer.add(source, run);
                runs[0]++;
            });
            writer.finish();
        }
        long bytes = Files.size(file);
        try (IndexedMappingFile indexed = IndexedMappingFile.open(MappingBytes.of(file))) {
            print(
                    "%-20s %,14d %,12d %12.4f %12.2f %,14.0f",
                    scenario.name(),
                    runs[0],
                    bytes,
                    (double) bytes / records,
                    (double) bytes / runs[0],
                    lookups(indexed.mappings().get(0)));
        }
    }

    /** A million committed offsets in rising order, as a reset asks for them. */
    private static double lookups(OffsetMapping mapping) {
        long end = mapping.last().orElseThrow().sourceEnd();
        Random random = new Random(7);
        long[] committed = random.longs(LOOKUPS, 0, end).sorted().toArray();
        long started = System.nanoTime();
        long sum = 0;
        for (long offset : committed) {
            sum += mapping.translate(offset).position().orElseThrow();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        if (sum < 0) {
            throw new IllegalStateException("positions are never negative");
        }
        return LOOKUPS / seconds;
    }

    private static void merge() {
        TopicPartition source = new TopicPartition("orders", 0);
        List<Fragment> fragments = new ArrayList<>();
        for (int i = 0; i < FRAGMENTS; i++) {
            long first = 10L * i;
            fragments.add(Fragment.of(
                    source,
                    first,
                    List.of(new Run(12L * i, first, 6), new Run(12L * i + 8, first + 6, 4)),
                    ReadPosition.start(1)));
        }
        Collections.shuffle(fragments, new Random(3));
        long[] runs = new long[1];
        long started = System.nanoTime();
        Merged merged = FragmentMerge.merge(
                FragmentMerge.stored(fragments), OptionalLong.of(10L * FRAGMENTS), (from, run) -> runs[0]++);
        double millis = (System.nanoTime() - started) / 1e6;
        print("%nMerge of %,d fragments in random order: %.0f ms, %,d runs, %s", FRAGMENTS, millis, runs[0], merged);
    }

    private static void peer() {
        PeerMapping peer = new PeerMapping();
        new Scenario("10 % gaps", 0.9, 1).runs(PEER_RECORDS, (source, run) -> {
            for (long i = 0; i < run.length(); i++) {
                peer.add(run.source() + i, run.target() + i, i);
            }
        });
        Random random = new Random(7);
        long started = System.nanoTime();
        long sum = 0;
        for (int i = 0; i < PEER_LOOKUPS; i++) {
            sum += peer.nearest(1_000_000 + random.nextInt(PEER_RECORDS));
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        print(
                "The peer's representation, 10 %% gaps, %,d records: 24 bytes per record in memory, %,.0f lookups/s%s",
                peer.records(), PEER_LOOKUPS / seconds, sum < 0 ? "!" : "");
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
