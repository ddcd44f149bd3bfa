package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.RehearsalTask;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** B7: what a plan counts is what a reader, put at the best position there is, meets again in the log that is written. */
class RehearsalTest {
    private static final TopicPartition TARGET = new TopicPartition("t", 0);
    private static final int WORLDS = 3_000;

    private record World(RestoreTask task, List<List<List<SegmentRecord>>> segments) {
        static World random(Random random) {
            List<Input> inputs = new ArrayList<>();
            List<List<List<SegmentRecord>>> segments = new ArrayList<>();
            for (int i = 0, n = 2 + random.nextInt(3); i < n; i++) {
                List<SegmentRecord> records = new ArrayList<>();
                long offset = random.nextInt(4);
                for (int r = random.nextInt(12); r > 0; r--) {
                    records.add(Records.at(offset, 100 + random.nextInt(30)));
                    offset += random.nextInt(4) == 0 ? 3 : 1;
                }
                // the reference's key says which input it stands for
                SegmentRef ref = new SegmentRef(Integer.toString(i), 0, 0, records.size(), 1);
                inputs.add(new Input(new TopicPartition("t", i), List.of(ref), null, List.of()));
                segments.add(List.of(records));
            }
            return new World(new RestoreTask("t-0", inputs, TARGET, null, 0, 0), segments);
        }

        World cutAt(Map<TopicPartition, Long> commits) {
            List<Input> cut = task.inputs().stream()
                    .map(input -> new Input(
                            input.source(), input.segments(), null, List.of(commits.getOrDefault(input.source(), 0L))))
                    .toList();
            return new World(new RestoreTask("t-0", cut, TARGET, null, 0, 0), segments);
        }

        List<Long> rehearsed(List<Map<TopicPartition, Long>> commits) throws InterruptedException {
            return new Rehearsal(
                            Specs.PLAIN,
                            refs -> new ListedSegments(
                                    segments.get(Integer.parseInt(refs.get(0).key()))))
                    .readAgain(new RehearsalTask(
                            task.id(),
                            task,
                            commits.stream()
                                    .map(commit -> task.sources().stream()
                                            .map(source -> commit.getOrDefault(source, 0L))
                                            .toList())
                                    .toList()));
        }

        /** True for each record of the log that the group has read. */
        List<Boolean> log(Map<TopicPartition, Long> commits) {
            List<Boolean> read = new ArrayList<>();
            try (TaskRecords records = new TaskRecords(
                            task,
                            Specs.PLAIN,
                            refs -> new ListedSegments(
                                    segments.get(Integer.parseInt(refs.get(0).key()))));
                    RecordSequence sequence = records.from(records.start())) {
                while (sequence.peek() != null) {
                    TopicPartition source = task.sources().get(sequence.input());
                    long offset = Objects.requireNonNull(sequence.next()).offset();
                    read.add(offset < commits.getOrDefault(source, 0L));
                }
            }
            return read;
        }
    }

    /** The fewest read records at or behind any position that skips no unread one. */
    private static long least(List<Boolean> log) {
        long least = Long.MAX_VALUE;
        for (int position = 0; position <= log.size(); position++) {
            if (!log.subList(0, position).contains(false)) {
                least = Math.min(
                        least,
                        log.subList(position, log.size()).stream()
                                .filter(read -> read)
                                .count());
            }
        }
        return least;
    }

    private static Map<TopicPartition, Long> commits(World world, Random random) {
        Map<TopicPartition, Long> commits = new HashMap<>();
        for (TopicPartition source : world.task().sources()) {
            if (random.nextInt(5) > 0) {
                commits.put(source, (long) random.nextInt(25));
            }
        }
        return commits;
    }

    @Test
    void countsTheLeastThatAnyPositionGives() throws InterruptedException {
        long again = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            Random random = new Random(seed);
            World world = World.random(random);
            List<Map<TopicPartition, Long>> groups = List.of(commits(world, random), commits(world, random), Map.of());
            List<Long> expected =
                    groups.stream().map(group -> least(world.log(group))).toList();

            assertEquals(expected, world.rehearsed(groups), "seed " + seed);
            again += expected.get(0);
        }
        assertTrue(again > WORLDS, "records are read again in these worlds");
    }

    @Test
    void onACutNothingIsReadAgain() throws InterruptedException {
        for (long seed = 0; seed < WORLDS; seed++) {
            Random random = new Random(seed);
            World world = World.random(random);
            Map<TopicPartition, Long> group = commits(world, random);

            assertEquals(List.of(0L), world.cutAt(group).rehearsed(List.of(group)), "seed " + seed);
        }
    }
}
