package io.segue.coordinator.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.ScriptedWorkers;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.job.DeliveryChoice;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.ProbeTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskResult;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryPhaseTest {
    @Test
    void aTargetThatDoesNotFenceIsWrittenToInTransactions() throws Exception {
        JobWorld world = new JobWorld();
        world.workers.next("probe", probed(false, true));

        world.start();

        DeliveryChoice choice = world.jobs
                .readDocument(world.onlyJob(), DeliveryChoice.NAME, DeliveryChoice.class)
                .orElseThrow();
        assertEquals(DeliveryMode.TRANSACTIONAL, choice.mode());
        assertEquals(List.of("it was taken"), choice.evidence());
        assertTrue(world.said.contains("delivery: transactional: exactly once for read_committed consumers;"
                + " read_uncommitted ones may also see the records of aborted transactions (it was taken)"));
        assertFalse(world.target.topics().containsKey(ProbeTask.PREFIX + world.onlyJob()), "the scratch topic is gone");
    }

    @Test
    void aTargetThatCanDoNothingIsNotWrittenTo() {
        JobWorld world = new JobWorld();
        world.workers.next("probe", probed(false, false));

        JobRefusedException refused = assertThrows(JobRefusedException.class, world::start);

        assertTrue(String.valueOf(refused.getMessage()).contains("delivery: at-least-once"), refused::getMessage);
        assertEquals(Set.of(), world.target.topics().keySet());
    }

    private static ScriptedWorkers.Act probed(boolean fences, boolean transacts) {
        return (task, grant) -> List.of(
                new TaskEvent.Done(grant.attempt(), new TaskResult.Probed(fences, transacts, List.of("it was taken"))));
    }

    /** A probe that was refused is made again when the job is resumed. */
    @Test
    void missingRightsAreAReasonNotToBegin() throws Exception {
        JobWorld world = new JobWorld();
        world.workers.next("probe", ScriptedWorkers.failing(false));

        JobRefusedException refused = assertThrows(JobRefusedException.class, world::start);

        assertTrue(String.valueOf(refused.getMessage()).contains("b1/s1"), refused::getMessage);
        assertEquals(Set.of(), world.target.topics().keySet());
        assertEquals(3, world.resume(world.onlyJob()).proven());
    }

    @Test
    void theProbeIsPlannedLast() throws Exception {
        JobWorld world = new JobWorld();
        world.start();
        List<JobTask> plan = world.jobs.tasks(world.onlyJob(), JobTask.class);

        assertEquals(ProbeTask.of(world.onlyJob()), plan.get(plan.size() - 1), "so that the pages of the others stay");
        assertEquals(
                DeliveryMode.FENCED,
                world.jobs
                        .readDocument(world.onlyJob(), DeliveryChoice.NAME, DeliveryChoice.class)
                        .orElseThrow()
                        .mode());
    }
}
