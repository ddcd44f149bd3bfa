package io.segue.coordinator.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.coordinator.plan.RestorePlan;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of several restores a later reset follows from. */
class RestoreRecordTest {
    private final JobWorld world = new JobWorld();

    private void restored(String id, long createdAt, String ordersTo) throws InterruptedException {
        world.topicMapping = Map.of("orders", ordersTo, "payments", ordersTo + "-payments");
        RestorePlan plan = ((RestorePlan.Outcome.Planned) world.plan()).plan();
        world.restores().create(id, createdAt, world.spec(), plan);
        world.resume(id);
    }

    private Optional<String> newest(String cluster, String... topics) {
        return RestoreRecord.newest(world.jobs, cluster, Set.of(topics)).map(RestoreRecord::jobId);
    }

    /** Ids of jobs of a fleet say nothing about time. */
    @Test
    void theNewestByTimeCountsWhateverItsId() throws InterruptedException {
        restored("restore-aaaaaaaaaaaa", 2_000, "a");
        restored("restore-20261122-221530-3f9a", 3_000, "b");
        restored("restore-ffffffffffff", 1_000, "c");

        assertEquals(Optional.of("restore-20261122-221530-3f9a"), newest("target-cluster"));
        assertEquals(Optional.of("restore-ffffffffffff"), newest("target-cluster", "c", "elsewhere"));
        assertEquals(Optional.empty(), newest("target-cluster", "elsewhere"));
        assertEquals(Optional.empty(), newest("another-cluster"));
    }

    @Test
    void aJobWithoutAMappingYetIsPassedOver() throws InterruptedException {
        restored("restore-aaaaaaaaaaaa", 2_000, "a");
        world.topicMapping = Map.of("orders", "b", "payments", "b-payments");
        RestorePlan plan = ((RestorePlan.Outcome.Planned) world.plan()).plan();
        world.restores().create("restore-bbbbbbbbbbbb", 5_000, world.spec(), plan);

        assertEquals(Optional.of("restore-aaaaaaaaaaaa"), newest("target-cluster"));
    }
}
