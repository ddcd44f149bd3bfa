package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine;
import io.segue.protocol.job.TaskEvent.Granted;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A2: order and counts per partition for many topics and partitions on several workers. A3: small partitions do not wait
 * for a skewed one, which begins first.
 */
class A2ScheduleIT {
    private static final int SMALL_TOPICS = 24;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void spreadsManyPartitionsAndLetsASkewedOneHoldUpNobody() throws Exception {
        Workload workload = new Workload("a2", 0)
                .topic("a2-skewed", 1, 60_000)
                .topic("a2-wide", 12, 400)
                .partition("a2-sparse", 1, 50)
                .partition("a2-sparse", 6, 70)
                .partition("a2-sparse", 4, 0);
        for (int i = 0; i < SMALL_TOPICS; i++) {
            workload.topic("a2-small-" + i, 1, 100);
        }
        SharedFleet shared = SharedFleet.get();

        CommandLine.Ended ended = shared.commands(directory)
                .run("restore", "--config", workload.write(directory, "").toString())
                .expect(0);

        workload.assertExact();
        try (FleetState state = new FleetState(SharedFleet.STATE)) {
            List<Granted> grants = state.grants(ended.job());
            Set<String> workers = grants.stream().map(Granted::worker).collect(Collectors.toSet());
            assertEquals(Set.of("worker-1", "worker-2", "worker-3"), workers);
            assertTrue(
                    grants.stream().allMatch(grant -> grant.attempt() == 1), "nothing died, so nothing is tried twice");
        }
    }
}
