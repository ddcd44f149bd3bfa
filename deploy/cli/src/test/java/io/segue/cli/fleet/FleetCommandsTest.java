package io.segue.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.cli.TestingShell;
import io.segue.cli.client.TestingFleet;
import io.segue.coordinator.jobs.JobSubmission;
import io.segue.coordinator.jobs.Jobs.CommandReply;
import io.segue.coordinator.restore.JobReport;
import io.segue.protocol.job.DeliveryChoice;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.FleetReport;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.job.view.JobView.Outcome;
import io.segue.protocol.mapping.MappingDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line against the API of coordinators. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class FleetCommandsTest {
    private static final ObjectMapper JSON = JobJson.mapper();
    private static final String CONFIG = """
            mode: restore
            backup_id: b1
            target:
              bootstrap_servers: ["localhost:9092"]
              security: {security_protocol: SASL_SSL, sasl_mechanism: PLAIN, sasl_username: u, sasl_password: "${FLEET_SECRET}"}
            storage: {backend: filesystem, path: /backups}
            """;

    @TempDir
    private Path directory = Path.of("");

    private final TestingFleet fleet;
    private final TestingShell shell = new TestingShell();

    FleetCommandsTest() throws Exception {
        fleet = new TestingFleet();
    }

    @BeforeEach
    void nameTheFleet() {
        shell.with("KAFKA_BACKUP_COORDINATOR", fleet.urls());
    }

    @AfterEach
    void close() throws Exception {
        fleet.close();
    }

    private Path config(String text) throws Exception {
        return Files.writeString(directory.resolve("job.yaml"), text);
    }

    private static JsonNode report(String jobId, JobState state) {
        return JSON.valueToTree(new JobReport(
                jobId,
                state,
                1_000,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                DeliveryChoice.FENCED,
                5_000));
    }

    /** The leader finishes a new job at once. */
    private void leaderEndsJobs(JobState state, int exitCode) {
        fleet.jobs()
                .onSubmit(view -> fleet.jobs()
                        .put(TestingFleet.view(
                                view.jobId(),
                                view.kind(),
                                state,
                                0,
                                List.of("Phase 1: Restore Data", "  18 of 18 partitions proven"),
                                new Outcome(exitCode, List.of(), report(view.jobId(), state)))));
    }

    @Test
    void aRestoreGoesToTheFleetAsWrittenAndShowsWhatTheEmbeddedOneShows() throws Exception {
        leaderEndsJobs(JobState.COMPLETED, 0);

        int code = shell.run("restore", "--config", config(CONFIG).toString());

        assertEquals(0, code, shell.err());
        JobSubmission submission = fleet.jobs().submission("restore-1");
        assertEquals(JobKind.RESTORE, submission.kind());
        assertEquals(CONFIG, submission.config());
        assertEquals(Map.of(), submission.options());
        assertTrue(submission.idempotencyKey().isPresent());
        assertTrue(shell.err().contains("Job restore-1 is the fleet's"), shell.err());
        assertTrue(shell.err().contains("Phase 1: Restore Data\n  18 of 18 partitions proven\n"), shell.err());
        assertTrue(
                shell.out().startsWith("Job restore-1: completed\nRecords on the target exactly once: 1,000"),
                shell.out());
    }

    @Test
    void withJsonTheReportIsAllThatIsPrinted() throws Exception {
        leaderEndsJobs(JobState.COMPLETED_PARTLY, 3);

        int code = shell.run(
                "three-phase-restore",
                "--output",
                "json",
                "--config",
                config(CONFIG).toString());

        assertEquals(3, code);
        assertEquals("restore-1", JSON.readTree(shell.out()).path("jobId").asText());
    }

    @Test
    void aDryRunIsAnOption() throws Exception {
        leaderEndsJobs(JobState.COMPLETED, 0);

        shell.run("restore", "--dry-run", "--config", config(CONFIG).toString());

        assertEquals(
                Map.of("dry-run", "true"), fleet.jobs().submission("restore-1").options());
    }

    @Test
    void aRefusedPlanSaysWhyAndThatNothingWasChanged() throws Exception {
        fleet.jobs()
                .onSubmit(view -> fleet.jobs()
                        .put(new JobView(
                                JobView.VERSION,
                                view.jobId(),
                                view.kind(),
                                JobState.FAILED,
                                view.submittedAt(),
                                null,
                                0,
                                JobView.Progress.NONE,
                                JobView.Log.NONE,
                                new Outcome(2, List.of("job restore-0 writes there: resume restore-0"), null))));

        assertEquals(2, shell.run("restore", "-c", config(CONFIG).toString()));

        assertTrue(
                shell.err().contains("The restore is refused; nothing was changed:\n  - job restore-0"), shell.err());
        assertEquals("", shell.out());
    }

    @Test
    void aWrongConfigurationIsFoundHereWithItsPlace() throws Exception {
        int code = shell.run(
                "restore", "-c", config(CONFIG + "restore: {dry_run: maybe}\n").toString());

        assertEquals(2, code);
        assertTrue(shell.err().contains("job.yaml:7:20: error: restore.dry_run"), shell.err());
        assertFalse(shell.err().contains("FLEET_SECRET"), shell.err());
        assertEquals(List.of(), fleet.jobs().ids());
    }

    @Test
    void whatOnlyTheFleetFindsIsSaidWithItsPlace() throws Exception {
        Path file = config(CONFIG.replace("FLEET_SECRET", "UNKNOWN_TO_ALL"));

        assertEquals(2, shell.run("restore", "-c", file.toString()));

        assertTrue(shell.err().contains("5:"), shell.err());
        assertTrue(shell.err().contains("the environment variable UNKNOWN_TO_ALL is not set"), shell.err());
        assertEquals(List.of(), fleet.jobs().ids());
    }

    @Test
    void aBackupWantsAConfigurationOfABackup() throws Exception {
        Path file = config(CONFIG.replace("${FLEET_SECRET}", "${HOME_SECRET}"));
        shell.with("HOME_SECRET", "x");

        assertEquals(2, shell.run("backup", "-c", file.toString()));
        assertTrue(shell.err().contains("is not for a backup"), shell.err());
        assertEquals(List.of(), fleet.jobs().ids());
    }

    @Test
    void theMappingIsFetched() throws Exception {
        leaderEndsJobs(JobState.COMPLETED, 0);
        fleet.jobs().mapping("restore-1", new MappingDocument("a", "b", 1_700_000_000_000L, List.of()));
        Path output = directory.resolve("deep/mapping.json");

        int code = shell.run("restore", "-c", config(CONFIG).toString(), "--mapping-output", output.toString());

        assertEquals(0, code, shell.err());
        assertTrue(JSON.readTree(output.toFile()).path("detailed_mappings").isObject());
    }

    @Test
    void theNextCoordinatorIsAskedIfOneIsGone() throws Exception {
        leaderEndsJobs(JobState.COMPLETED, 0);
        fleet.stop(0);

        assertEquals(0, shell.run("restore", "-c", config(CONFIG).toString()), shell.err());
        assertEquals(List.of("restore-1"), fleet.jobs().ids());
    }

    @Test
    void resumeAndThawWaitForWhatComesOfThem() throws Exception {
        fleet.jobs().put(TestingFleet.completed("restore-7", 0, report("restore-7", JobState.COMPLETED_PARTLY)));
        fleet.jobs().onCommand(reply -> {
            fleet.jobs()
                    .put(TestingFleet.completed(
                            "restore-7",
                            ((CommandReply.Stored) reply).number(),
                            report("restore-7", JobState.COMPLETED)));
            return reply;
        });

        assertEquals(0, shell.run("resume", "restore-7"), shell.err());
        assertTrue(shell.out().startsWith("Job restore-7: completed\n"), shell.out());
        assertEquals(0, shell.run("thaw", "restore-7", "--force"), shell.err());

        List<JobCommand> commands = fleet.jobs().commands("restore-7");
        assertTrue(commands.get(0) instanceof JobCommand.Resume, commands.toString());
        assertTrue(commands.get(1) instanceof JobCommand.Thaw thaw && thaw.force(), commands.toString());
    }

    @Test
    void jobsAreListedShownAndFollowed() throws Exception {
        fleet.jobs().put(TestingFleet.running("restore-1", "Phase 1: Restore Data"));
        fleet.jobs().put(TestingFleet.completed("restore-2", 0, report("restore-2", JobState.COMPLETED), "over"));

        assertEquals(0, shell.run("jobs", "list"), shell.err());
        assertTrue(shell.out().contains("restore-1  running"), shell.out());
        assertTrue(shell.out().contains("500 of 1,000"), shell.out());
        assertTrue(shell.out().contains("50 %"), shell.out());
        assertEquals(0, shell.run("--output", "json", "jobs", "list", "--limit", "1"));
        assertEquals(1, JSON.readTree(shell.out()).size());

        assertEquals(0, shell.run("jobs", "show", "restore-1"));
        assertTrue(shell.out().contains("  | Phase 1: Restore Data"), shell.out());
        assertTrue(shell.out().contains("Tasks: 2 of 4 done, 1 running, 0 failed"), shell.out());

        assertEquals(0, shell.run("jobs", "follow", "restore-2"));
        assertTrue(shell.err().contains("over\n"), shell.err());
        assertTrue(shell.out().startsWith("Job restore-2: completed"), shell.out());
    }

    @Test
    void commandsAreSent() throws Exception {
        fleet.jobs().put(TestingFleet.running("restore-1"));
        for (String verb : List.of("pause", "resume", "cancel", "retry")) {
            assertEquals(0, shell.run("jobs", verb, "restore-1"), shell.err());
            assertTrue(shell.out().contains("Sent to job restore-1: " + verb), shell.out());
        }
        shell.run("jobs", "retry", "restore-1", "--task", "a-1,a-2");

        List<JobCommand> commands = fleet.jobs().commands("restore-1");
        assertEquals(
                List.of("Pause", "Resume", "Cancel", "RetryFailed", "RetryFailed"),
                commands.stream()
                        .map(command -> command.getClass().getSimpleName())
                        .toList());
        assertEquals(List.of("a-1", "a-2"), ((JobCommand.RetryFailed) commands.get(4)).tasks());
    }

    @Test
    void refusalsSayWhatToDo() {
        fleet.jobs().put(TestingFleet.running("restore-1"));
        fleet.jobs().onCommand(reply -> new CommandReply.Refused("the job is over"));

        assertEquals(1, shell.run("jobs", "pause", "restore-1"));
        assertTrue(shell.err().startsWith("Error: the job is over\n  GET /v1/jobs/restore-1"), shell.err());
        assertEquals(2, shell.run("jobs", "show", "restore-9"));
        assertTrue(shell.err().startsWith("Error: there is no job restore-9"), shell.err());
        assertEquals(2, shell.run("jobs", "show", "../fleet"));
        assertTrue(shell.err().startsWith("Error: '../fleet' is not a job id"), shell.err());
    }

    @Test
    void theFleetIsShown() throws Exception {
        fleet.jobs()
                .fleet(new FleetReport(
                        FleetReport.VERSION,
                        "coordinator-1",
                        new FleetReport.Leader("coordinator-2", 7, "http://127.0.0.1:8701"),
                        List.of(
                                new FleetReport.Worker(
                                        "worker-1", FleetReport.Condition.DRAINING, null, 4, 3, 12_000_000, 400),
                                new FleetReport.Worker(
                                        "worker-2", FleetReport.Condition.BLIND, "does not see it", 4, 0, 0, 400)),
                        FleetReport.Activity.NONE));

        assertEquals(0, shell.run("fleet"), shell.err());
        assertTrue(shell.out().startsWith("coordinator-2 leads, epoch 7, http://127.0.0.1:8701\n"), shell.out());
        assertTrue(shell.out().contains("worker-1  draining      4        3"), shell.out());
        assertTrue(shell.out().contains("worker-2  blind "), shell.out());
        assertTrue(shell.out().endsWith("\nWorker worker-2 does not see it\n"), shell.out());
        assertEquals(0, shell.run("fleet", "--output", "json"));
        assertEquals(7, JSON.readTree(shell.out()).at("/leader/epoch").asInt());
    }

    @Test
    void aFleetThatNobodyLeadsIsAFailure() {
        assertEquals(1, shell.run("fleet"));
        assertTrue(shell.out().startsWith("Nobody leads just now"), shell.out());
    }

    @Test
    void aFleetMustBeNamedWell() {
        shell.with("KAFKA_BACKUP_COORDINATOR", "");
        assertEquals(2, shell.run("jobs", "list"));
        assertTrue(shell.err().contains("--coordinator URL or KAFKA_BACKUP_COORDINATOR"), shell.err());
        assertEquals(2, shell.run("jobs"));

        assertEquals(2, shell.run("fleet", "--coordinator", "localhost"));
        assertTrue(shell.err().contains("'localhost' is not the URL of a coordinator"), shell.err());
    }
}
