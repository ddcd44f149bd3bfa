package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine;
import io.segue.protocol.job.TaskEvent.Granted;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A6: a worker that is stopped past its leases and goes on after its tasks moved adds no record. */
class A6ZombieIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aWokenWorkerAddsNothing() throws Exception {
        Workload workload = new Workload("a6", 40).topic("a6-orders", 9, 20_000);
        SharedFleet shared = SharedFleet.get();
        CommandLine.Running restore = shared.commands(directory)
                .start("restore", "--config", workload.write(directory, "").toString());
        try (TargetEnds ends = new TargetEnds(workload.partitions())) {
            assertTrue(
                    ends.await(workload.records() / 5, () -> !restore.process().isAlive()), "too fast to be frozen");
            shared.fleet().freeze("worker-1");
            CommandLine.Ended ended;
            try {
                ended = restore.await().expect(0);
            } finally {
                shared.fleet().wake("worker-1");
            }
            Map<TopicPartition, Long> before = ends.now();
            try (FleetState state = new FleetState(SharedFleet.STATE)) {
                assertTrue(
                        state.grants(ended.job()).stream().map(Granted::attempt).anyMatch(attempt -> attempt > 1),
                        "the frozen worker held an attempt that moved");
            }

            // a second job proves that the woken worker is back, and gives it time to write what it held
            Workload after = new Workload("a6-after", 0).topic("a6-after", 12, 2_000);
            shared.commands(directory)
                    .run("restore", "--config", after.write(directory, "").toString())
                    .expect(0);

            assertEquals(before, ends.now());
            workload.assertExact();
            after.assertExact();
        }
    }
}
