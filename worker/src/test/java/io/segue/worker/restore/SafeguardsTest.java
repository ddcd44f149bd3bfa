package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation bites: take one safeguard away from the protocol as it is shipped, and a seed fails that passes with it. */
class SafeguardsTest {
    private static final long BUDGET = Long.getLong("segue.bites", 50_000);

    @ParameterizedTest
    @EnumSource(Safeguard.class)
    void withoutItASeedFailsThatPassesWithIt(Safeguard safeguard) {
        assumeTrue(Long.getLong("segue.seed") == null, "one seed is replayed");
        for (long seed = 0; seed < BUDGET; seed++) {
            String failure = failure(seed, Set.of(safeguard));
            if (failure.contains(safeguard.bite())) {
                System.out.println("without " + safeguard + " seed " + seed + " fails: " + failure);
                String with = failure(seed, Set.of());
                assertTrue(with.isEmpty(), () -> "with " + safeguard + " it fails, too: " + with);
                return;
            }
        }
        throw new AssertionError("nothing fails without " + safeguard + " in " + BUDGET + " seeds");
    }

    /** What is wrong with a seed; empty if it ends as it should. */
    private static String failure(long seed, Set<Safeguard> lacking) {
        try {
            Simulation.of(seed, lacking);
            return "";
        } catch (RuntimeException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
