package io.segue.e2e.chaos;

import io.segue.e2e.chaos.Plan.Kind;
import io.segue.e2e.chaos.Plan.Step;
import io.segue.e2e.fleet.Fleet;
import io.segue.e2e.proof.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What happens to coordinators and workers. */
final class FleetStrikes {
    /** Longer than a lease. */
    private static final int LONGEST_FREEZE = 20_000;

    private static final Duration REVIVAL_LIMIT = Duration.ofMinutes(2);
    private static final long RETRY_MILLIS = 500;

    private final Fleet fleet;

    FleetStrikes(Fleet fleet) {
        this.fleet = fleet;
    }

    List<Kind> kinds() {
        int all = fleet.names().size();
        return List.of(
                new Kind("kill", all, 3_000), new Kind("freeze", all, LONGEST_FREEZE), new Kind("stop", all, 1_000));
    }

    Strike strike(Step step) {
        String victim = fleet.names().get(step.victim());
        return switch (step.kind().name()) {
            case "kill" -> new Strike("kill " + victim, () -> fleet.kill(victim), () -> revive(victim));
            case "freeze" -> new Strike("freeze " + victim, () -> fleet.freeze(victim), () -> fleet.wake(victim));
            case "stop" -> new Strike("stop " + victim, () -> fleet.stop(victim), () -> revive(victim));
            default -> throw new IllegalArgumentException(step.kind().name());
        };
    }

    /** A process may not come up while its disk is full or the object store is away: then it is started again. */
    private void revive(String name) throws InterruptedException {
        Deadline deadline = Deadline.in(REVIVAL_LIMIT);
        while (true) {
            try {
                fleet.start(name);
                return;
            } catch (IllegalStateException e) {
                deadline.check(() -> name + " does not start again: " + e.getMessage());
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
    }
}
