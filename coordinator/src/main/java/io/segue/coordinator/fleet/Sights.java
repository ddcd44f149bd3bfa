package io.segue.coordinator.fleet;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which workers are known to see the store of the jobs, for one term. A worker that has restarted is another one. Not
 * thread-safe: the {@link FleetView} guards it.
 */
final class Sights {
    /** A worker that does not see the store is asked again after so long: its store may have been mended. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    private final boolean needed;
    private final Map<String, Sight> sights = new HashMap<>();

    /** @param trouble null if the worker sees the store; {@code answered} false: nothing is known yet */
    private record Sight(
            long since, boolean answered, @Nullable String trouble, long at) {}

    /** @param needed false: workers share the store of this process, or no orders are given at all */
    Sights(boolean needed) {
        this.needed = needed;
    }

    /** Whether the worker that started at {@code since} is known to see the store. */
    boolean sees(String workerId, long since) {
        return !needed
                || of(workerId, since)
                        .filter(sight -> sight.answered() && sight.trouble() == null)
                        .isPresent();
    }

    /** Why a worker gets no orders; empty also if it was not asked yet. */
    Optional<String> trouble(String workerId, long since) {
        return of(workerId, since).flatMap(sight -> Optional.ofNullable(sight.trouble()));
    }

    /** Whether the worker is to be asked now. */
    boolean due(String workerId, long since, long now) {
        return needed
                && of(workerId, since)
                        .filter(sight ->
                                sight.answered() && (sight.trouble() == null || now - sight.at() < AGAIN.toNanos()))
                        .isEmpty();
    }

    private Optional<Sight> of(String workerId, long since) {
        return Optional.ofNullable(sights.get(workerId)).filter(sight -> sight.since() == since);
    }

    /** @param trouble null if it sees the store */
    void answered(String workerId, long since, @Nullable String trouble, long now) {
        sights.put(workerId, new Sight(since, true, trouble, now));
    }

    /** What was known of it before stands. */
    void silent(String workerId, long since, String trouble, long now) {
        if (of(workerId, since).isEmpty()) {
            sights.put(workerId, new Sight(since, false, trouble, now));
        }
    }

    void forget(String workerId) {
        sights.remove(workerId);
    }
}
