package io.segue.cli.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.ExitCode;
import io.segue.coordinator.backup.BackupResult;
import io.segue.protocol.manifest.BackupReport;
import io.segue.protocol.manifest.BackupReport.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BackupOutcomeTextTest {
    private static final Failure FAILURE = new Failure("orders", 1, "orders/1: disk full");

    @Test
    void everythingStored() {
        BackupOutcomeText text = text(new BackupResult.Written(report(List.of("odd"), List.of())));
        assertEquals(ExitCode.DONE, text.exitCode());
        assertTrue(text.text().startsWith("Backed up b1 to s3://b: "), text.text());
        assertTrue(text.text().contains("Warning: odd"), text.text());
        assertEquals("complete", text.json().get("status").asText());
    }

    @Test
    void aPartitionMissing() {
        BackupOutcomeText text = text(new BackupResult.Written(report(List.of(), List.of(FAILURE))));
        assertEquals(ExitCode.PARTLY, text.exitCode());
        assertTrue(text.text().startsWith("Backed up PARTLY: b1"), text.text());
        assertTrue(text.text().contains("Not in the backup: orders/1: disk full"), text.text());
        assertEquals(1, text.json().get("failures").get(0).get("partition").asInt());
    }

    @Test
    void theOthers() {
        BackupOutcomeText failed = text(new BackupResult.Failed(List.of(FAILURE)));
        assertEquals(ExitCode.FAILED, failed.exitCode());
        assertTrue(failed.text().contains("disk full"));
        assertEquals(ExitCode.INTERRUPTED, text(new BackupResult.Interrupted()).exitCode());
        BackupOutcomeText refused = text(new BackupResult.Refused("choose another"));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertEquals("choose another", refused.json().get("reason").asText());
    }

    private static BackupOutcomeText text(BackupResult result) {
        return new BackupOutcomeText("b1", "s3://b", result);
    }

    private static BackupReport report(List<String> warnings, List<Failure> failures) {
        return new BackupReport("b1", 1, 1000, 2000, warnings, failures);
    }
}
