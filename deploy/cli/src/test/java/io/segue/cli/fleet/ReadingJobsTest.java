package io.segue.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.cli.TestingShell;
import io.segue.cli.client.TestingFleet;
import io.segue.coordinator.check.ValidationReport;
import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.check.ValidationReport.Kind;
import io.segue.coordinator.jobs.JobSubmission;
import io.segue.coordinator.scan.ScanReport;
import io.segue.coordinator.scan.ScanReport.Scanned;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.JobView.Outcome;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Validations and scans that a command line hands to a fleet. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ReadingJobsTest {
    private static final ObjectMapper JSON = JobJson.mapper();
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final ValidationReport DAMAGED = new ValidationReport(
            true, 3, 20, List.of(new Finding(Kind.DAMAGE, ORDERS, "b1/s1", "has CRC 1 (byte 8)")), 1);

    private final TestingFleet fleet;
    private final TestingShell shell = new TestingShell();

    ReadingJobsTest() throws Exception {
        fleet = new TestingFleet();
        shell.with("KAFKA_BACKUP_COORDINATOR", fleet.urls());
    }

    @AfterEach
    void close() throws Exception {
        fleet.close();
    }

    private void leaderEndsJobs(JobState state, int exitCode, Object report) {
        JsonNode json = JSON.valueToTree(report);
        fleet.jobs()
                .onSubmit(view -> fleet.jobs()
                        .put(TestingFleet.view(
                                view.jobId(),
                                view.kind(),
                                state,
                                0,
                                List.of(),
                                new Outcome(exitCode, List.of(), json))));
    }

    @Test
    void aDeepValidationGoesToTheFleetWithoutLookingAtTheStoreHere() {
        leaderEndsJobs(DAMAGED.state(), 1, DAMAGED);
        assertEquals(1, shell.run("validate", "-p", "/nowhere/backups", "-b", "b1", "--deep"), shell.err());
        JobSubmission submission = fleet.jobs().submission("validation-1");
        assertEquals(JobKind.VALIDATION, submission.kind());
        assertEquals("""
                mode: validate
                backup_id: "b1"
                storage:
                  backend: filesystem
                  path: "/nowhere/backups"
                """, submission.config());
        assertEquals(Map.of(), submission.options());
        assertEquals("""
                DAMAGED  orders/0  b1/s1: has CRC 1 (byte 8)
                Read 20 records in 3 segments
                Result: INVALID (1 damage)
                """, shell.out());
    }

    @Test
    void itsJsonIsThatOfThisProcess() throws Exception {
        leaderEndsJobs(DAMAGED.state(), 1, DAMAGED);
        assertEquals(1, shell.run("validate", "-p", "/nowhere", "-b", "b1", "--deep", "--output", "json"));
        JsonNode report = JSON.readTree(shell.out());
        assertFalse(report.get("valid").asBoolean());
        assertEquals(20, report.get("records_read").asLong());
        assertEquals("damage", report.get("findings").get(0).get("kind").asText());
    }

    @Test
    void aScanGoesToTheFleetAndItsMappingIsShown() {
        leaderEndsJobs(
                JobState.COMPLETED_PARTLY,
                3,
                new ScanReport(
                        "scan-1",
                        JobState.COMPLETED_PARTLY,
                        Map.of("orders", "id"),
                        List.of(
                                new Scanned(ORDERS, 500, 0, 0, 500, null),
                                new Scanned(new TopicPartition("orders", 1), 5, 0, 0, 5, "offset 7 is there twice"))));
        fleet.jobs()
                .mapping(
                        "scan-1",
                        new MappingDocument(
                                "source",
                                "target",
                                1,
                                List.of(new PartitionMapping(ORDERS, ORDERS, List.of(new Run(500, 0, 500))))));
        int code = shell.run(
                "show-offset-mapping",
                "--bootstrap-servers",
                "k1:9092,k2:9092",
                "--topic",
                "orders",
                "--source-cluster",
                "source");
        assertEquals(3, code, shell.err());
        JobSubmission submission = fleet.jobs().submission("scan-1");
        assertEquals(JobKind.SCAN, submission.kind());
        assertEquals(Map.of("topic", "orders", "source-cluster", "source"), submission.options());
        assertEquals("""
                mode: scan
                target:
                  bootstrap_servers:
                    - "k1:9092"
                    - "k2:9092"
                  security:
                    security_protocol: "PLAINTEXT"
                """, submission.config());
        assertEquals("Partition 0: Source offset 500-1000 \u2192 Target offset 0-500\n", shell.out());
        assertTrue(shell.err().contains("orders/1: offset 7 is there twice"), shell.err());
    }

    @Test
    void aScanOfAFleetNamesItsTopicsAndNoFilesOfThisMachine() {
        assertEquals(2, shell.run("show-offset-mapping", "--bootstrap-servers", "k1:9092"));
        assertTrue(shell.err().contains("add --topic TOPIC"), shell.err());
        assertEquals(
                2,
                shell.run(
                        "show-offset-mapping",
                        "--bootstrap-servers",
                        "k1:9092",
                        "--topic",
                        "t",
                        "--command-config",
                        "client.properties"));
        assertTrue(shell.err().contains("--command-config names a file of this machine"), shell.err());
    }
}
