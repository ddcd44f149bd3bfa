package io.segue.coordinator.dispatch;

import io.segue.protocol.job.TaskEvent.Declined;
import io.segue.protocol.time.Backoff;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * The workers that one job may be given to. One that cannot work for it, mostly because a variable of the configuration is
 * not in its environment, is left out for a growing while, or until it has restarted: its slots are free at once, and would
 * draw every task. The thread of the dispatch owns it.
 */
final class Crew {
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5), Integer.MAX_VALUE);
    private static final int LONGEST = 10;

    private final Workers workers;
    private final Map<String, LeftOut> leftOut = new HashMap<>();

    /** @param since the start of the worker that declined */
    private record LeftOut(long since, int times, long until, String reason) {}

    Crew(Workers workers) {
        this.workers = workers;
    }

    /**
     * A worker cannot work for the job.
     *
     * @return true if that is worth saying: it was not said of this worker and this reason yet
     */
    boolean declined(Declined declined, long now) {
        LeftOut before = leftOut.get(declined.worker());
        if (before != null && now < before.until()) {
            return false;
        }
        int times = before == null ? 1 : Math.min(LONGEST, before.times() + 1);
        long until = now + PAUSES.after(times, ThreadLocalRandom.current()).toNanos();
        leftOut.put(declined.worker(), new LeftOut(sinceOf(declined.worker()), times, until, declined.reason()));
        return before == null || !before.reason().equals(declined.reason());
    }

    private long sinceOf(String worker) {
        return workers.workers().stream()
                .filter(view -> view.id().equals(worker))
                .mapToLong(view -> view.heartbeat().health().since())
                .findFirst()
                .orElse(0);
    }

    private boolean takes(WorkerView view, long now) {
        LeftOut out = leftOut.get(view.id());
        return view.ready()
                && (out == null
                        || now >= out.until()
                        || view.heartbeat().health().since() != out.since());
    }

    /** Those that may be given tasks now, with the bytes that they have. */
    List<Assignment.Worker> loads(Collection<Work> active, long now) {
        Map<String, Long> bytes =
                active.stream().collect(Collectors.toMap(work -> work.worker, work -> work.task.weight(), Long::sum));
        return workers.workers().stream()
                .filter(view -> takes(view, now))
                .map(view ->
                        new Assignment.Worker(view.id(), view.free(), view.speed(), bytes.getOrDefault(view.id(), 0L)))
                .toList();
    }
}
