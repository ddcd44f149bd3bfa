package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.worker.restore.Simulation.End;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens, in whatever order: at the end each record is there once, and the mapping says where; or, where something
 * happened that no protocol survives, the task says so. {@code -Dsegue.seeds=N} plays so many seeds, {@code -Dsegue.seed=S}
 * that one alone.
 */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("segue.seeds", 100_000);

    @Test
    void everySeedEndsAsItShould() {
        Long only = Long.getLong("segue.seed");
        LongStream seeds = only == null ? LongStream.range(0, SEEDS).parallel() : LongStream.of(only);

        Map<End, Long> ends = seeds.mapToObj(SimulationTest::play)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        System.out.println("seeds: " + ends);
        assertTrue(only != null || ends.getOrDefault(End.SEALED, 0L) > SEEDS / 2, "most seeds are sealed");
        assertTrue(only != null || ends.getOrDefault(End.DETECTED, 0L) > 0, "some seeds break an assumption");
    }

    private static End play(long seed) {
        try {
            return Simulation.of(seed, Set.of());
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage()
                            + "\nreplay it: mvn -q -pl worker -am test -Dtest=SimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsegue.seed=" + seed,
                    e);
        }
    }

    @Test
    void theSameSeedDoesTheSame() {
        long seeds = Long.getLong("segue.seed") == null ? 300 : 0;
        for (long seed = 0; seed < seeds; seed++) {
            assertEquals(Simulation.trace(seed), Simulation.trace(seed), "seed " + seed);
        }
    }
}
