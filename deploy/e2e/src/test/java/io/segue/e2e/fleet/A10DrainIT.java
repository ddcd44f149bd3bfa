package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine;
import io.segue.protocol.job.TaskEvent.Released;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A10 in a fleet: SIGTERM to a worker hands its tasks over, SIGTERM to the leader makes another one lead. */
class A10DrainIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void whoIsAskedToLeaveHandsOver() throws Exception {
        Workload workload = new Workload("a10-fleet", 0).topic("a10-drained", 9, 15_000);
        SharedFleet shared = SharedFleet.get();
        CommandLine.Running restore = shared.commands(directory)
                .start("restore", "--config", workload.write(directory, "").toString());
        CommandLine.Ended ended;
        try (TargetEnds ends = new TargetEnds(workload.partitions());
                FleetState state = new FleetState(SharedFleet.STATE)) {
            assertTrue(
                    ends.await(workload.records() / 5, () -> !restore.process().isAlive()), "too fast");
            String leader = state.leader();
            shared.fleet().stop("worker-2");
            shared.fleet().stop(leader);
            ended = restore.await().expect(0);
            shared.fleet().start(leader);
            shared.fleet().start("worker-2");
            assertTrue(
                    !state.events(ended.job(), Released.class).isEmpty(), "the worker gave its attempts back at once");
        }
        workload.assertExact();
    }
}
