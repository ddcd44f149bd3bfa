package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine;
import io.segue.e2e.Groups;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A7: the leader is lost and a standby goes on. C12: everything is lost, and a fleet elsewhere finishes the job. */
class A7LossIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aStandbyGoesOnWhenTheLeaderIsKilled() throws Exception {
        Workload workload = new Workload("a7", 0).topic("a7-orders", 9, 15_000).group("a7-billing", "a7-orders", 777);
        SharedFleet shared = SharedFleet.get();
        CommandLine.Running restore = shared.commands(directory)
                .start(
                        "three-phase-restore",
                        "--config",
                        workload.write(directory, "").toString());
        try (TargetEnds ends = new TargetEnds(workload.partitions());
                FleetState state = new FleetState(SharedFleet.STATE)) {
            assertTrue(
                    ends.await(workload.records() / 4, () -> !restore.process().isAlive()), "too fast");
            int epoch = state.epoch();
            String leader = state.leader();
            shared.fleet().kill(leader);
            try {
                restore.await().expect(0);
            } finally {
                shared.fleet().start(leader);
            }
            assertTrue(state.epoch() > epoch, "a standby claimed the next epoch");
        }
        workload.assertExact();
        assertNextRecord("a7-billing", "a7-orders", 777);
    }

    @Test
    void aFleetElsewhereFinishesWhatALostOneBegan() throws Exception {
        Workload workload =
                new Workload("c12", 0).topic("c12-orders", 6, 15_000).group("c12-billing", "c12-orders", 5);
        Path config = workload.write(directory, "");
        String state = SharedFleet.state(SharedFleet.sandbox().s3(), "c12-state");
        CommandLine.Ended lost;
        try (Fleet first = SharedFleet.of(directory.resolve("first"), new Fleet.Size(1, 2, 2));
                TargetEnds ends = new TargetEnds(workload.partitions())) {
            first.up(state);
            CommandLine.Running restore =
                    SharedFleet.commands(first, directory).start("three-phase-restore", "--config", config.toString());
            assertTrue(
                    ends.await(workload.records() / 4, () -> !restore.process().isAlive()), "too fast");
            restore.process().destroyForcibly();
            first.names().forEach(first::kill);
            lost = restore.await();
        }
        try (Fleet second = SharedFleet.of(directory.resolve("second"), new Fleet.Size(1, 2, 2))) {
            second.up(state);
            SharedFleet.commands(second, directory)
                    .run("jobs", "follow", lost.job())
                    .expect(0);
        }
        workload.assertExact();
        assertNextRecord("c12-billing", "c12-orders", 5);
    }

    private static void assertNextRecord(String group, String topic, int read) {
        for (int partition : new int[] {0, 5}) {
            String next = Groups.nextRecord(SharedFleet.bootstrap(), group, topic, partition);
            assertEquals(topic + "/" + partition + "/" + read, next.replaceAll("x+$", ""));
        }
    }
}
