package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine;
import io.segue.protocol.job.TaskEvent.Granted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job of many small partitions does not drown in overhead: what it takes is printed, for {@code docs/performance.md}.
 * {@code -Dsegue.topics=1000} makes 10,000 partitions.
 */
@Tag("long")
class ManyPartitionsIT {
    private static final int TOPICS = Integer.getInteger("segue.topics", 1_000);
    private static final int PARTITIONS = 10;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aJobOfTenThousandPartitions() throws Exception {
        Workload workload = new Workload("many", 0);
        for (int i = 0; i < TOPICS; i++) {
            workload.topic(String.format("many-%04d", i), PARTITIONS, 20);
        }
        String config =
                workload.write(directory, "default_replication_factor: 1\n").toString();
        SharedFleet shared = SharedFleet.get();
        long began = System.nanoTime();

        CommandLine.Ended ended = shared.commands(directory)
                .run("three-phase-restore", "--config", config)
                .expect(0);

        double seconds = (System.nanoTime() - began) / 1e9;
        try (FleetState state = new FleetState(SharedFleet.STATE)) {
            List<Granted> grants = state.grants(ended.job());
            long data = grants.get(grants.size() - 1).at() - grants.get(0).at();
            System.out.printf(
                    "%,d partitions: %.1f s in all, %.1f s between the first and the last grant, %.0f tasks/s%n",
                    grants.size(), seconds, data / 1e3, grants.size() / (data / 1e3));
            assertEquals(TOPICS * PARTITIONS, grants.size(), "every task is granted once");
            Map<String, Long> shares =
                    grants.stream().collect(Collectors.groupingBy(Granted::worker, Collectors.counting()));
            assertEquals(3, shares.size());
            shares.forEach((worker, tasks) ->
                    assertTrue(tasks > grants.size() / 6, () -> worker + " got " + tasks + " of " + grants.size()));
        }
        workload.assertExact();
    }
}
