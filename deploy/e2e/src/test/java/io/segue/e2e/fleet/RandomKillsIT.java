package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine;
import io.segue.sandbox.faults.InjectedFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers and coordinators die at random while records of 40 days ago are restored; nothing is lost or doubled.
 * {@code -Dsegue.kills=50 -Dsegue.seed=…} for a long run; a short one is part of every build.
 */
class RandomKillsIT {
    private static final int KILLS = Integer.getInteger("segue.kills", 4);
    private static final long SEED = Long.getLong("segue.seed", 20261125L);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void nothingIsLostOrDoubled() throws Exception {
        Workload workload =
                new Workload("kills-" + SEED, 40).segments(500).topic("kills-" + SEED, 12, 1_500 * (KILLS + 1));
        SharedFleet shared = SharedFleet.get();
        Random random = new Random(SEED);
        List<String> told = new ArrayList<>();
        CommandLine.Running restore = shared.commands(directory)
                .start(
                        "three-phase-restore",
                        "--config",
                        workload.write(directory, "").toString());
        try (InjectedFault slow = workload.slowly(Duration.ofSeconds(2));
                TargetEnds ends = new TargetEnds(workload.partitions())) {
            for (int kill = 1; kill <= KILLS; kill++) {
                long threshold = workload.records() * kill / (KILLS + 2);
                assertTrue(
                        ends.await(threshold, () -> !restore.process().isAlive()),
                        "the job ended before kill " + kill + "; seed " + SEED + ", so far " + told);
                String victim = shared.fleet().names().get(random.nextInt(5));
                told.add(victim);
                shared.fleet().kill(victim);
                shared.fleet().start(victim);
            }
            restore.await().expect(0);
            assertTrue(slow.fired() > 0, "segments were read slowly");
        }
        workload.assertExact();
        System.out.printf(
                "%d kills, seed %d, %,d records, each there once: %s%n", KILLS, SEED, workload.records(), told);
    }
}
