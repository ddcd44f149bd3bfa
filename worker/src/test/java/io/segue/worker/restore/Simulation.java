package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.worker.append.ModelBroker.Slip;
import io.segue.worker.restore.Mischief.Breach;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One seed: a small restore task, everything that goes wrong with it, and what must hold nevertheless. Nothing in it depends
 * on anything but the seed.
 */
final class Simulation {
    private static final int MAX_ATTEMPTS = 60;
    private static final Duration OLD = Duration.ofDays(40);

    private final Archives archive;
    private final RestoreWorld world;
    private final Mischief mischief;
    private final boolean keepsOffsets;
    private int attempts;

    /** How a seed ends that ends as it should. */
    enum End {
        /** Every record once, in order, byte for byte. */
        SEALED,
        /** Something happened that no protocol survives, and the task says so and is not sealed. */
        DETECTED
    }

    private Simulation(long seed, Set<Safeguard> lacking) {
        RandomGenerator random = new SplittableRandom(seed);
        ObjectStore state = new InMemoryObjectStore();
        for (Safeguard safeguard : lacking) {
            state = safeguard.under(state);
        }
        boolean old = random.nextBoolean();
        long now = new io.segue.protocol.time.ManualTime().wallMillis();
        archive = Archives.drawn(random, old ? now - OLD.toMillis() : now);
        keepsOffsets = random.nextInt(8) == 0;
        Breach breach = keepsOffsets || random.nextInt(8) != 0
                ? Breach.NONE
                : random.nextInt(2) == 0 ? Breach.UNCLEAN_ELECTION : Breach.FOREIGN_RECORD;
        world = keepsOffsets
                ? RestoreWorld.keepingOffsets(archive.segments(), state)
                : new RestoreWorld(archive.segments(), Specs.PLAIN, state);
        mischief = new Mischief(world, random, breach, this::check);
        lacking.forEach(safeguard -> safeguard.takeFrom(world));
    }

    /**
     * Plays a seed to its end.
     *
     * @throws AssertionError if something is as it must not be
     */
    static End of(long seed, Set<Safeguard> lacking) {
        return new Simulation(seed, lacking).play();
    }

    /** All that a seed leaves behind, to be compared. */
    static String trace(long seed) {
        Simulation simulation = new Simulation(seed, Set.of());
        End end = simulation.play();
        return end + " " + simulation.world.time.passed() + " " + simulation.world.events() + " "
                + simulation.world.broker.records();
    }

    private End play() {
        while (true) {
            mischief.attempt();
            TaskEvent last = world.last();
            if (last instanceof Sealed) {
                return sealed();
            }
            if (last instanceof Failed failed && !failed.retryable()) {
                assertTrue(excused(), () -> "gave up: " + failed);
                return End.DETECTED;
            }
            assertTrue(++attempts < MAX_ATTEMPTS, () -> "no end in " + attempts + " attempts: " + last);
        }
    }

    private End sealed() {
        mischief.calm();
        for (TaskEvent event : world.events()) {
            assertTrue(excused() || !(event instanceof Failed failed) || failed.retryable(), () -> "gave up: " + event);
        }
        world.assertRestored();
        assertSame(archive.log(), world.broker.records());
        if (keepsOffsets) {
            assertTrue(world.neverBelowItsSource(), "a record stands below its source offset");
        }
        return End.SEALED;
    }

    /** After each attempt. */
    private void check() {
        for (Slip slip : world.broker.slips()) {
            // an unclean election may have taken the fence itself away
            assertTrue(slip.declared() || mischief.breached(), () -> "taken behind a fence: " + slip);
        }
        assertTrue(
                world.broker.batchesSinceStrangers() <= 1,
                "more than one batch was written after the acknowledgement that tells of others");
        if (!excused()) {
            world.assertPrefix();
        }
    }

    /** True if something happened that no protocol survives. */
    private boolean excused() {
        return mischief.breached() || !world.broker.slips().isEmpty();
    }

    private static void assertSame(List<SegmentRecord> expected, List<SegmentRecord> found) {
        assertEquals(expected.size(), found.size(), "records on the target");
        for (int i = 0; i < expected.size(); i++) {
            SegmentRecord want = expected.get(i);
            SegmentRecord have = found.get(i);
            SegmentRecord moved =
                    new SegmentRecord(want.offset(), have.timestamp(), have.key(), have.value(), have.headers());
            assertEquals(want, moved, "record number " + i);
        }
    }
}
