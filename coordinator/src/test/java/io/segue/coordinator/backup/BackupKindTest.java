package io.segue.coordinator.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobMeans;
import io.segue.coordinator.jobs.KindOfJob.Planning;
import io.segue.coordinator.jobs.RunnableJob;
import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobState;
import io.segue.protocol.manifest.Manifest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackupKindTest {
    private final BackupWorld world = new BackupWorld();
    private final BackupKind kind = new BackupKind(new JobMeans(
            world.jobs,
            new ConfigLoader(Map.of()),
            storage -> world.storage,
            connection -> world.source,
            world.workers,
            world.time,
            2));

    @Test
    void whatWasSubmittedIsPlannedAndRun() throws InterruptedException {
        JobRequest request = request("backup", "source");
        assertInstanceOf(Planning.Planned.class, kind.plan(request, world));
        assertInstanceOf(Planning.Planned.class, kind.plan(request, world), "again, after a crash");

        JobFile file = world.jobs.find("backup-1").orElseThrow();
        JobJournal journal = JobJournal.lead(world.jobs.journal("backup-1"), 3, "coordinator-1", 0);
        try (RunnableJob job = kind.open(journal, file, request, world, () -> false)) {
            assertEquals(JobState.COMPLETED, job.run());
        }
        assertEquals(JobState.COMPLETED, journal.history().state());
        assertTrue(world.storage.size(Manifest.key("b1")).isPresent());
    }

    @Test
    void aConfigurationOfAnotherModeIsRefused() {
        Planning planning = kind.plan(request("restore", "target"), world);
        assertEquals(
                "a backup wants mode: backup and a source",
                assertInstanceOf(Planning.Refused.class, planning).reasons().get(0));
        assertTrue(world.jobs.find("backup-1").isEmpty());
    }

    private static JobRequest request(String mode, String cluster) {
        return new JobRequest(1, "backup-1", JobKind.BACKUP, 0, "ada", """
                mode: %s
                backup_id: b1
                %s: {bootstrap_servers: ["unused:9092"]}
                storage: {backend: filesystem, path: /unused}
                """.formatted(mode, cluster), Map.of());
    }
}
