package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.job.RestoreTask.Routing;
import io.segue.protocol.kafka.KeyPartitioner;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.segment.SegmentRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several source partitions in one target partition: one order, whatever is read when, and every key where it belongs. */
class A20MergedSequenceTest {
    private static final int WORLDS = 2_000;

    /** A record and the input that it came from. */
    private record Taken(int input, SegmentRecord record) {}

    private record World(List<Input> inputs, List<List<List<SegmentRecord>>> segments, TopicPartition target) {
        static World random(Random random) {
            int cuts = random.nextInt(4);
            List<Input> inputs = new ArrayList<>();
            List<List<List<SegmentRecord>>> segments = new ArrayList<>();
            for (int i = 0, n = 1 + random.nextInt(4); i < n; i++) {
                List<List<SegmentRecord>> stored = new ArrayList<>();
                long offset = random.nextInt(10);
                for (int s = random.nextInt(4); s > 0; s--) {
                    List<SegmentRecord> records = new ArrayList<>();
                    for (int r = random.nextInt(8); r > 0; r--) {
                        records.add(Records.at(offset, 100 + random.nextInt(40)));
                        offset += random.nextInt(4) == 0 ? 3 : 1;
                    }
                    stored.add(records);
                }
                TreeSet<Long> rising = new TreeSet<>();
                while (rising.size() < cuts) {
                    rising.add((long) random.nextInt(60));
                }
                inputs.add(new Input(new TopicPartition("t", i), List.of(), null, List.copyOf(rising)));
                segments.add(stored);
            }
            return new World(inputs, segments, new TopicPartition("t", 0));
        }

        RecordSequence from(ReadPosition position) {
            return Sequences.of(inputs, segments, target, Specs.PLAIN, position);
        }

        List<Taken> all(ReadPosition position) {
            List<Taken> taken = new ArrayList<>();
            try (RecordSequence sequence = from(position)) {
                while (sequence.peek() != null) {
                    int input = sequence.input();
                    taken.add(new Taken(input, java.util.Objects.requireNonNull(sequence.next())));
                }
            }
            return taken;
        }

        int phase(Taken taken) {
            return (int) inputs.get(taken.input()).cuts().stream()
                    .filter(cut -> cut <= taken.record().offset())
                    .count();
        }
    }

    @Test
    void eachRecordOnceInTheOrderOfItsSourceAndNoneBeforeALowerCut() {
        long seed = System.nanoTime();
        for (int i = 0; i < WORLDS; i++) {
            World world = World.random(new Random(seed + i));
            List<Taken> all = world.all(ReadPosition.start(world.inputs().size()));
            String seen = "seed " + (seed + i);
            for (int input = 0; input < world.inputs().size(); input++) {
                int wanted = input;
                assertEquals(
                        world.segments().get(input).stream()
                                .flatMap(List::stream)
                                .toList(),
                        all.stream()
                                .filter(taken -> taken.input() == wanted)
                                .map(Taken::record)
                                .toList(),
                        seen);
            }
            for (int r = 1; r < all.size(); r++) {
                assertTrue(world.phase(all.get(r - 1)) <= world.phase(all.get(r)), seen);
            }
        }
    }

    @Test
    void fromAnyRecordOnItGivesTheSame() {
        long seed = System.nanoTime();
        for (int i = 0; i < WORLDS / 10; i++) {
            World world = World.random(new Random(seed + i));
            List<Taken> all = world.all(ReadPosition.start(world.inputs().size()));
            try (RecordSequence whole =
                    world.from(ReadPosition.start(world.inputs().size()))) {
                while (whole.peek() != null) {
                    ReadPosition from = whole.position();
                    assertEquals(whole.ordinal(), from.ordinal());
                    assertEquals(all.subList((int) from.ordinal(), all.size()), world.all(from), "seed " + (seed + i));
                    whole.next();
                }
            }
        }
    }

    @Test
    void earlierTimestampsGoFirstAndEqualOnesInTheOrderOfTheInputs() {
        List<Input> inputs = List.of(input(0, null), input(1, null));
        List<List<List<SegmentRecord>>> segments = List.of(
                List.of(List.of(Records.at(7, 10), Records.at(8, 30))),
                List.of(List.of(Records.at(3, 10), Records.at(4, 20), Records.at(5, 5))));
        List<Long> offsets = new ArrayList<>();
        new World(inputs, segments, new TopicPartition("t", 0))
                .all(ReadPosition.start(2))
                .forEach(taken -> offsets.add(taken.record().offset()));

        assertEquals(List.of(7L, 3L, 4L, 5L, 8L), offsets);
    }

    /** As a producer with the default partitioner would have filled the source: every record goes to one target partition. */
    @Test
    void everyRecordGoesToOneTargetPartitionAndKeysStayTogether() {
        for (int[] counts : new int[][] {{6, 12}, {12, 6}, {6, 4}, {3, 5}, {5, 1}}) {
            Map<String, Integer> places = new HashMap<>();
            int found = 0;
            for (int target = 0; target < counts[1]; target++) {
                for (Taken taken : repartitioned(counts[0], counts[1], target)) {
                    found++;
                    ByteBuffer key = taken.record().key();
                    int expected = key == null ? taken.input() % counts[1] : KeyPartitioner.partition(key, counts[1]);
                    assertEquals(expected, target);
                    String name = key == null
                            ? "none of " + taken.input()
                            : StandardCharsets.UTF_8.decode(key.duplicate()).toString();
                    assertEquals(target, places.computeIfAbsent(name, first -> expected));
                }
            }
            assertEquals(2_000, found, counts[0] + " to " + counts[1]);
        }
    }

    private static List<Taken> repartitioned(int from, int to, int target) {
        List<List<SegmentRecord>> partitions = new ArrayList<>();
        List<Input> inputs = new ArrayList<>();
        for (int p = 0; p < from; p++) {
            partitions.add(new ArrayList<>());
            inputs.add(input(p, new Routing(from, to)));
        }
        for (int i = 0; i < 2_000; i++) {
            ByteBuffer key = i % 5 == 0 ? null : utf8("key-" + i % 97);
            List<SegmentRecord> partition =
                    partitions.get(key == null ? i % from : KeyPartitioner.partition(key, from));
            partition.add(new SegmentRecord(partition.size(), i, key, utf8("v"), List.of()));
        }
        return new World(inputs, partitions.stream().map(List::of).toList(), new TopicPartition("t", target))
                .all(ReadPosition.start(from));
    }

    @Test
    void aKeyThatAnotherPartitionerPlacedIsFound() {
        ByteBuffer key = utf8("astray");
        int wrong = (KeyPartitioner.partition(key, 3) + 1) % 3;
        List<List<List<SegmentRecord>>> segments =
                List.of(List.of(List.of(new SegmentRecord(17, 0, key, null, List.of()))));

        OtherPartitionerException thrown = assertThrows(
                OtherPartitionerException.class,
                () -> new World(List.of(input(wrong, new Routing(3, 6))), segments, new TopicPartition("t", 0))
                        .all(ReadPosition.start(1)));

        assertEquals("t/" + wrong + " source offset 17", thrown.place());
        int reading = KeyPartitioner.partition(key, 6);
        assertEquals(
                1,
                new World(List.of(input(wrong, new Routing(0, 6))), segments, new TopicPartition("t", reading))
                        .all(ReadPosition.start(1))
                        .size());
    }

    private static Input input(int partition, @Nullable Routing routing) {
        return new Input(new TopicPartition("t", partition), List.of(), routing, List.of());
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
