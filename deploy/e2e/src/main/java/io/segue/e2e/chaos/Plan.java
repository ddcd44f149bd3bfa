package io.segue.e2e.chaos;

import java.util.List;
import java.util.SplittableRandom;

/** Which fault comes next, when, and for how long. Pure: the same seed gives the same plan. */
final class Plan {
    private static final int LONGEST_PAUSE_MILLIS = 4_000;
    private static final int SHORTEST_HOLD_MILLIS = 500;

    private final SplittableRandom random;
    private final List<Kind> kinds;

    /** Whom it hits, and how long it lasts at most, in milliseconds. */
    record Kind(String name, int victims, int longestMillis) {}

    /**
     * @param victim from 0 to the kind's number of victims − 1
     * @param luck of the fault itself, for whatever else it has to choose
     */
    record Step(int pauseMillis, Kind kind, int victim, int holdMillis, long luck) {}

    Plan(long seed, List<Kind> kinds) {
        this.random = new SplittableRandom(seed);
        this.kinds = List.copyOf(kinds);
    }

    Step next() {
        Kind kind = kinds.get(random.nextInt(kinds.size()));
        return new Step(
                random.nextInt(LONGEST_PAUSE_MILLIS),
                kind,
                random.nextInt(kind.victims()),
                random.nextInt(SHORTEST_HOLD_MILLIS, kind.longestMillis() + 1),
                random.nextLong());
    }
}
