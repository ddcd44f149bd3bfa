package io.segue.protocol.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Translation.LowWater;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Rule R2 against an oracle that simulates everything: source logs with gaps, a window, a target log that begins anywhere,
 * several source partitions interleaved in it, and a reader who has read the source up to its commits and goes on on the
 * target from each position that there is.
 */
class LowWaterWorldsTest {
    private static final int WORLDS = Integer.getInteger("segue.mapping.worlds", 100_000);
    private static final TopicPartition TARGET = new TopicPartition("all", 1);

    /** A record of the target log. */
    private record Placed(TopicPartition source, long offset, long target) {}

    private record World(List<Placed> log, long base, Map<TopicPartition, Long> committed) {
        static World random(Random random) {
            Map<TopicPartition, Long> next = new HashMap<>();
            Map<TopicPartition, Long> committed = new TreeMap<>();
            int sources = 1 + random.nextInt(4);
            for (int i = 0; i < sources; i++) {
                next.put(source(i), random.nextInt(5) == 0 ? (1L << 53) + random.nextInt(9) : random.nextInt(9));
            }
            long base = random.nextInt(3) == 0 ? (1L << 54) : random.nextInt(30);
            List<Placed> log = new ArrayList<>();
            long target = base;
            for (int n = random.nextInt(30); n > 0; n--) {
                TopicPartition source = source(random.nextInt(sources));
                long offset = next.getOrDefault(source, 0L) + (random.nextInt(4) == 0 ? random.nextInt(5) : 0);
                target += random.nextInt(12) == 0 ? 1 : 0;
                log.add(new Placed(source, offset, target++));
                next.put(source, offset + 1);
            }
            for (int i = 0; i < sources; i++) {
                if (random.nextInt(5) > 0) {
                    long end = next.getOrDefault(source(i), 0L);
                    committed.put(source(i), Math.max(0, end - random.nextInt(20) + 2));
                }
            }
            return new World(log, base, committed);
        }

        private static TopicPartition source(int i) {
            return new TopicPartition(i % 2 == 0 ? "orders" : "returns", i);
        }

        boolean read(Placed record) {
            return record.offset() < committed.getOrDefault(record.source(), 0L);
        }

        /** Unread records that a reader from {@code position} on never sees. */
        long skipped(long position) {
            return log.stream()
                    .filter(record -> !read(record) && record.target() < position)
                    .count();
        }

        /** Read records that a reader from {@code position} on sees once more. */
        long again(long position) {
            return log.stream()
                    .filter(record -> read(record) && record.target() >= position)
                    .count();
        }

        long end() {
            return log.get(log.size() - 1).target() + 1;
        }

        /** The least that any position that skips nothing repeats. */
        long leastAgain() {
            long least = Long.MAX_VALUE;
            for (long position = log.get(0).target(); position <= end(); position++) {
                if (skipped(position) == 0) {
                    least = Math.min(least, again(position));
                }
            }
            return least;
        }

        List<PartitionMapping> mappings() {
            PartitionMapping.Collector collector = new PartitionMapping.Collector();
            Map<TopicPartition, Run> open = new TreeMap<>();
            for (Placed record : log) {
                Run run = new Run(record.offset(), record.target(), 1);
                Run before = open.get(record.source());
                if (before != null && before.continuedBy(run)) {
                    open.put(record.source(), before.joined(run));
                } else {
                    if (before != null) {
                        collector.add(record.source(), before);
                    }
                    open.put(record.source(), run);
                }
            }
            open.forEach(collector::add);
            return collector.into(TARGET);
        }
    }

    @Test
    void nothingIsSkippedAndTheLeastIsReadAgain() {
        long start = System.nanoTime();
        for (int i = 0; i < WORLDS; i++) {
            long seed = start + i;
            World world = World.random(new Random(seed));
            Translation answer = LowWaterRule.position(world.mappings(), world.committed());
            Supplier<String> seen = () -> "seed " + seed + ": " + answer + " in " + world;
            assertEquals(world.log().isEmpty(), answer instanceof Translation.None, seen);
            if (!world.log().isEmpty()) {
                assertBest(world, answer, seen);
            }
        }
    }

    private static void assertBest(World world, Translation answer, Supplier<String> seen) {
        long position = answer.position().orElseThrow();
        assertTrue(position >= world.base() && position <= world.end(), seen);
        assertEquals(0, world.skipped(position), seen);
        long again = world.again(position);
        assertEquals(world.leastAgain(), again, seen);
        assertEquals(answer instanceof LowWater low ? low.readAgain() : 0, again, seen);
        long sum = world.mappings().stream()
                .mapToLong(mapping ->
                        LowWaterRule.readAgain(mapping, world.committed().getOrDefault(mapping.source(), 0L), position))
                .sum();
        assertEquals(again, sum, seen);
    }

    /** What stands below all of a chain's cuts before all else makes each of its positions exact. */
    @Test
    void cutsMakePositionsExact() {
        long start = System.nanoTime();
        for (int i = 0; i < WORLDS / 10; i++) {
            long seed = start + i;
            Random random = new Random(seed);
            World world = World.random(random);
            List<Placed> ordered = new ArrayList<>(world.log());
            ordered.sort(Comparator.comparing(record -> !world.read(record)));
            List<Placed> log = new ArrayList<>();
            for (Placed record : ordered) {
                log.add(new Placed(record.source(), record.offset(), world.base() + log.size()));
            }
            World cut = new World(log, world.base(), world.committed());
            Translation answer = LowWaterRule.position(cut.mappings(), cut.committed());
            answer.position()
                    .ifPresent(position -> assertEquals(0, cut.again(position), () -> "seed " + seed + ": " + cut));
        }
    }
}
