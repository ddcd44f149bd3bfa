package io.segue.protocol.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Merged.Complete;
import io.segue.protocol.mapping.Merged.Incomplete;
import io.segue.protocol.mapping.Merged.Ordinals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Merge and translation against an oracle that knows every record by itself: random gaps, windows, fences, bases, and
 * fragments in random pieces, order and multiplicity.
 */
class RandomWorldsTest {
    private static final int WORLDS = Integer.getInteger("segue.mapping.worlds", 100_000);
    private static final TopicPartition SOURCE = new TopicPartition("orders", 2);
    private static final TopicPartition TARGET = new TopicPartition("restored-orders", 2);

    /** Where each restored record stood and stands; index is its ordinal. */
    private record World(List<Long> source, List<Long> target) {
        static World random(Random random) {
            List<Long> source = new ArrayList<>();
            List<Long> target = new ArrayList<>();
            long from = random.nextInt(4) == 0 ? (1L << 53) + random.nextInt(100) : random.nextInt(50);
            long to = random.nextInt(3) == 0 ? (1L << 54) : random.nextInt(100);
            int gaps = random.nextInt(11);
            int fences = random.nextInt(4);
            for (int i = random.nextInt(40); i > 0; i--) {
                from += random.nextInt(10) < gaps ? 1 + random.nextInt(5) : 0;
                to += random.nextInt(10) < fences ? 1 + random.nextInt(2) : 0;
                source.add(from++);
                target.add(to++);
            }
            return new World(source, target);
        }

        /** The records from {@code first} to {@code end}, as an attempt would report them. */
        Fragment fragment(int first, int end) {
            List<Run> runs = new ArrayList<>();
            for (int i = first; i < end; i++) {
                runs.add(new Run(source.get(i), target.get(i), 1));
            }
            return Fragment.of(SOURCE, first, runs, ReadPosition.start(1));
        }

        /** Rule R1, record by record. */
        Optional<Long> oracle(long committed) {
            for (int i = 0; i < source.size(); i++) {
                if (source.get(i) >= committed) {
                    return Optional.of(target.get(i));
                }
            }
            return source.isEmpty() ? Optional.empty() : Optional.of(target.get(target.size() - 1) + 1);
        }
    }

    @Test
    void everyCommittedOffsetIsTranslatedAsTheOracleSays() {
        long start = System.nanoTime();
        for (int i = 0; i < WORLDS; i++) {
            long seed = start + i;
            Random random = new Random(seed);
            World world = World.random(random);
            PartitionMapping.Collector collector = new PartitionMapping.Collector();
            Merged merged = merge(pieces(world, random), world.source().size(), collector);
            Supplier<String> seen = () -> "seed " + seed + ": " + world + " became " + merged;
            assertTrue(merged instanceof Complete, seen);
            PartitionMapping mapping =
                    collector.into(TARGET).stream().findFirst().orElse(new PartitionMapping(SOURCE, TARGET, List.of()));
            assertEquals(world.source().size(), mapping.records(), seen);
            assertJoined(mapping, seen);
            for (long committed : commits(world, random)) {
                assertEquals(
                        world.oracle(committed),
                        mapping.translate(committed).position(),
                        () -> committed + " in " + seen.get());
            }
        }
    }

    @Test
    void whatIsMissingIsNamedExactly() {
        long seed = System.nanoTime();
        for (int i = 0; i < WORLDS / 10; i++) {
            Random random = new Random(seed + i);
            World world = World.random(random);
            int count = world.source().size();
            List<Fragment> fragments = pieces(world, random);
            Collections.shuffle(fragments, random);
            List<Fragment> left = fragments.subList(0, fragments.size() / 2);
            boolean[] covered = new boolean[count];
            left.forEach(fragment ->
                    java.util.Arrays.fill(covered, (int) fragment.firstOrdinal(), (int) fragment.endOrdinal(), true));

            Merged merged = merge(left, count, new PartitionMapping.Collector());

            boolean[] named = new boolean[count];
            List<Ordinals> missing = merged instanceof Incomplete incomplete ? incomplete.missing() : List.of();
            missing.forEach(gap -> java.util.Arrays.fill(named, (int) gap.from(), (int) gap.to(), true));
            for (int ordinal = 0; ordinal < count; ordinal++) {
                assertEquals(!covered[ordinal], named[ordinal], "ordinal " + ordinal + ", seed " + (seed + i));
            }
        }
    }

    private static List<Fragment> pieces(World world, Random random) {
        List<Fragment> pieces = new ArrayList<>();
        int count = world.source().size();
        int attempts = 1 + random.nextInt(3);
        for (int attempt = 0; attempt < attempts; attempt++) {
            int from = attempt == 0 || count == 0 ? 0 : random.nextInt(count);
            while (from < count) {
                int end = from + 1 + random.nextInt(count - from);
                pieces.add(world.fragment(from, end));
                from = end;
            }
        }
        if (!pieces.isEmpty() && random.nextBoolean()) {
            pieces.add(pieces.get(random.nextInt(pieces.size())));
        }
        Collections.shuffle(pieces, random);
        return pieces;
    }

    private static List<Long> commits(World world, Random random) {
        List<Long> commits = new ArrayList<>(List.of(0L, (long) random.nextInt(300), Long.MAX_VALUE));
        if (!world.source().isEmpty()) {
            long last = world.source().get(world.source().size() - 1);
            commits.add(last);
            commits.add(last + 1);
            for (int i = 0; i < 6; i++) {
                long some = world.source().get(random.nextInt(world.source().size()));
                commits.add(Math.max(0, some - 2 + random.nextInt(5)));
            }
        }
        return commits;
    }

    private static Merged merge(List<Fragment> fragments, long count, RunSink sink) {
        return FragmentMerge.merge(FragmentMerge.stored(fragments), OptionalLong.of(count), sink);
    }

    private static void assertJoined(PartitionMapping mapping, Supplier<String> seen) {
        for (int i = 1; i < mapping.runs().size(); i++) {
            assertTrue(!mapping.runs().get(i - 1).continuedBy(mapping.runs().get(i)), seen);
        }
    }
}
