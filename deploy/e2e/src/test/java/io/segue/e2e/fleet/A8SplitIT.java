package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.segue.e2e.CommandLine;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.sandbox.faults.InjectedFault;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A8: the fleet splits in two, each half with a coordinator and a worker, both with the store and the brokers in reach.
 * Only one half goes on, and both never produce one task.
 */
class A8SplitIT {
    private static final String STATE = "a8-state";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void onlyOneHalfGoesOn() throws Exception {
        assumeTrue(TwoHosts.possible(), "not run: network namespaces need root and iproute2");
        Workload workload = new Workload("a8", 40).topic("a8-orders", 24, 10_000);
        Path config = workload.write(directory, "");
        try (InjectedFault slow = workload.slowly();
                TwoHosts hosts = new TwoHosts();
                SplitFleet fleet = new SplitFleet(hosts, directory, ports());
                TargetEnds ends = new TargetEnds(workload.partitions());
                FleetState state = new FleetState(STATE)) {
            fleet.up(STATE);
            CommandLine.Running restore = new CommandLine(directory)
                    .with("KAFKA_BACKUP_COORDINATOR", fleet.coordinators())
                    .start("restore", "--config", config.toString());
            assertTrue(
                    ends.await(workload.records() / 5, () -> !restore.process().isAlive()), "too fast");
            int epoch = state.epoch();
            hosts.cut();
            assertTrue(
                    ends.await(
                            workload.records() * 3 / 4, () -> !restore.process().isAlive()),
                    "one half is to go on while the cable is cut");
            hosts.heal();
            CommandLine.Ended ended = restore.await().expect(0);

            assertTrue(slow.fired() > 0, "segments were read slowly");
            workload.assertExact();
            assertTrue(state.epoch() > epoch, "the half without a leader made one");
            List<Granted> grants = state.grants(ended.job());
            assertEquals(2, grants.stream().map(Granted::worker).distinct().count());
        }
    }

    private static List<Integer> ports() {
        List<Integer> ports = new ArrayList<>();
        Stream.of(SharedFleet.bootstrap().split(",", -1))
                .map(address -> Integer.parseInt(address.substring(address.indexOf(':') + 1)))
                .forEach(ports::add);
        URI s3 = SharedFleet.sandbox().s3().endpoint();
        ports.add(s3.getPort());
        return ports;
    }
}
