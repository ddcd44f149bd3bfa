package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whatever happens, in whatever order: at the end each record is there once, and the mapping says where. */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("segue.simulation.seeds", 1_500);
    private static final int MAX_ATTEMPTS = 60;

    @Test
    void everySeedEndsWithEachRecordOnce() {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                simulate(seed, world -> world, new InMemoryObjectStore());
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** Where offsets are kept as far as they can be, filled heads and gaps change nothing of it. */
    @Test
    void everySeedThatKeepsOffsetsEndsWithEachRecordOnce() {
        for (long seed = 0; seed < SEEDS / 3; seed++) {
            Random random = new Random(seed);
            try {
                RestoreWorld world = RestoreWorld.keepingOffsets(archive(random), new InMemoryObjectStore());
                simulate(world, random);
                assertTrue(world.neverBelowItsSource(), "a record stands below its source offset");
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** The simulation would notice: without fencing at the broker, late batches slip in. */
    @Test
    void withoutFencingRecordsAreDoubled() {
        assertTrue(fails(
                world -> {
                    world.broker.withoutFencing();
                    return world;
                },
                false));
    }

    /** The simulation would notice: where fences hold nobody and leases do not either, a sleeper that wakes writes. */
    @Test
    void withoutLeasesSleepersWrite() {
        assertTrue(fails(RestoreWorld::withoutLeases, false));
    }

    /** The simulation would notice: where puts overwrite, a superseded attempt journals its attach. */
    @Test
    void withoutConditionalPutsAttemptsOverwriteOneAnother() {
        assertTrue(fails(world -> world, true));
    }

    /** True if one of the seeds does not end as it should. */
    private static boolean fails(UnaryOperator<RestoreWorld> variant, boolean overwrites) {
        for (long seed = 0; seed < 1_000; seed++) {
            ObjectStore store = new InMemoryObjectStore();
            try {
                simulate(seed, variant, overwrites ? new OverwritingStore(store) : store);
            } catch (RuntimeException | AssertionError e) {
                return true;
            }
        }
        return false;
    }

    private static void simulate(long seed, UnaryOperator<RestoreWorld> variant, ObjectStore state) {
        Random random = new Random(seed);
        simulate(variant.apply(new RestoreWorld(archive(random), Specs.PLAIN, state)), random);
    }

    private static void simulate(RestoreWorld world, Random random) {
        Mischief mischief = new Mischief(world, random);
        mischief.attempt();
        for (int attempt = 1; !(world.last() instanceof Sealed); attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                throw new AssertionError("no end in " + attempt + " attempts: " + world.last());
            }
            mischief.attempt();
        }
        for (TaskEvent event : world.events()) {
            if (event instanceof Failed failed && !failed.retryable()) {
                throw new AssertionError("gave up: " + failed);
            }
        }
        world.assertRestored();
    }

    /** A few segments of a log with gaps, some of which hold the end of the one before again. */
    private static List<List<SegmentRecord>> archive(Random random) {
        List<SegmentRecord> log = new ArrayList<>();
        long offset = random.nextInt(5);
        for (int count = random.nextInt(25); count > 0; count--) {
            log.add(Records.at(offset));
            offset += random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
        }
        List<List<SegmentRecord>> segments = new ArrayList<>();
        int from = 0;
        while (from < log.size()) {
            int to = Math.min(log.size(), from + 1 + random.nextInt(8));
            int again = random.nextInt(4) == 0 ? random.nextInt(4) : 0;
            segments.add(log.subList(Math.max(0, from - again), to));
            from = to;
        }
        return segments;
    }
}
