package io.segue.coordinator.jobs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.store.ForwardingStore;
import io.segue.protocol.store.ObjectStore;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * However many believe that they lead: no step of a job is begun by one whose successor has taken the job over.
 * {@code -Dsegue.seeds=N} plays so many seeds, {@code -Dsegue.seed=S} that one alone.
 */
class LeadersSimulationTest {
    private static final int SEEDS = Integer.getInteger("segue.seeds", 100_000);
    private static final int BUDGET = 10_000;

    @Test
    void everySeedEndsAsItShould() {
        Long only = Long.getLong("segue.seed");
        LongStream seeds = only == null ? LongStream.range(0, SEEDS).parallel() : LongStream.of(only);
        seeds.forEach(seed -> {
            String failure = failure(seed, UnaryOperator.identity());
            assertTrue(
                    failure.isEmpty(),
                    () -> "seed " + seed + ": " + failure + "\nreplay it: mvn -q -pl coordinator -am test"
                            + " -Dtest=LeadersSimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dsegue.seed="
                            + seed);
        });
    }

    @Test
    void withoutEpochEventsASeedFailsThatPassesWithThem() {
        assertBites(WithoutEpochEvents::new, "had taken the job over");
    }

    @Test
    void withoutConditionalPutsASeedFailsThatPassesWithThem() {
        assertBites(
                store -> new ForwardingStore(store) {
                    @Override
                    public PutResult putIfAbsent(String key, byte[] content) {
                        put(key, content);
                        return PutResult.WRITTEN;
                    }
                },
                "had taken the job over");
    }

    private static void assertBites(UnaryOperator<ObjectStore> seen, String bite) {
        for (long seed = 0; seed < BUDGET; seed++) {
            String failure = failure(seed, seen);
            if (failure.contains(bite)) {
                System.out.println("seed " + seed + " fails: " + failure);
                String with = failure(seed, UnaryOperator.identity());
                assertTrue(with.isEmpty(), () -> "it fails, too, as it is shipped: " + with);
                return;
            }
        }
        throw new AssertionError("nothing fails in " + BUDGET + " seeds");
    }

    /** What is wrong with a seed; empty if it ends as it should. */
    private static String failure(long seed, UnaryOperator<ObjectStore> seen) {
        try {
            LeadersSimulation.play(seed, seen);
            return "";
        } catch (RuntimeException | AssertionError e) {
            return e.toString();
        }
    }
}
