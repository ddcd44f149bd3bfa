package io.segue.cli.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.ExitCode;
import io.segue.coordinator.backup.BackupJobReport;
import io.segue.coordinator.backup.BackupPlan;
import io.segue.coordinator.backup.Capture;
import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.job.BackupSpec;
import io.segue.protocol.job.BackupTask;
import io.segue.protocol.job.JobState;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.BackupReport.Failure;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.segment.SegmentCompression;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BackupOutcomeTextTest {
    private static final Failure FAILURE = new Failure("orders", 1, "orders/1: disk full");

    @Test
    void everythingStored() {
        BackupOutcomeText text = ran(JobState.COMPLETED, List.of("odd"), List.of());
        assertEquals(ExitCode.DONE, text.exitCode());
        assertTrue(text.text().startsWith("Backed up b1 to s3://b: "), text.text());
        assertTrue(text.text().contains("Warning: odd"), text.text());
        assertEquals("complete", text.json().get("status").asText());
        assertEquals("backup-1", text.json().get("job_id").asText());
    }

    @Test
    void aPartitionMissing() {
        BackupOutcomeText text = ran(JobState.COMPLETED_PARTLY, List.of(), List.of(FAILURE));
        assertEquals(ExitCode.PARTLY, text.exitCode());
        assertTrue(text.text().startsWith("Backed up PARTLY: b1"), text.text());
        assertTrue(text.text().contains("Not in the backup: orders/1: disk full"), text.text());
        assertEquals(1, text.json().get("failures").get(0).get("partition").asInt());
    }

    @Test
    void whatWouldBeRead() {
        SourceRecord source = new SourceRecord("source-cluster", 1, List.of(), List.of());
        BackupPlan plan = new BackupPlan(
                new BackupSpec(
                        "b1",
                        "source-cluster",
                        new BackupSpec.Segments(1, null, SegmentCompression.ZSTD, 3, null),
                        true),
                new Capture(1, source, List.of("odd")),
                List.of(new BackupTask("t-0", new PartitionRange(new TopicPartition("t", 0), 10, 25))));
        BackupOutcomeText text = new BackupOutcomeText("b1", "s3://b", new BackupOutcome.Shown(plan));
        assertEquals(ExitCode.DONE, text.exitCode());
        assertTrue(
                text.text().contains("at most 15 records") && text.text().contains("nothing was written"), text.text());
        assertTrue(text.text().contains("Warning: odd"), text.text());
        assertEquals("planned", text.json().get("status").asText());
        assertEquals(15, text.json().get("records").asInt());
    }

    @Test
    void theOthers() {
        BackupOutcomeText failed = ran(JobState.FAILED, List.of(), List.of(FAILURE));
        assertEquals(ExitCode.FAILED, failed.exitCode());
        assertTrue(failed.text().contains("disk full"));
        BackupOutcomeText interrupted = ran(JobState.INTERRUPTED, List.of(), List.of());
        assertEquals(ExitCode.INTERRUPTED, interrupted.exitCode());
        assertTrue(interrupted.text().endsWith("go on with: kafka-backup resume backup-1"), interrupted.text());
        BackupOutcomeText refused = new BackupOutcomeText("b1", "s3://b", new BackupOutcome.Refused("choose another"));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertEquals("choose another", refused.json().get("reason").asText());
    }

    private static BackupOutcomeText ran(JobState state, List<String> warnings, List<Failure> failures) {
        return new BackupOutcomeText(
                "b1",
                "s3://b",
                new BackupOutcome.Ran(
                        new BackupJobReport("backup-1", "b1", state, 1000, 2000, warnings, failures, "in a word")));
    }
}
