package io.segue.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;

/** Reports of backups that a fleet made, as the embedded command prints them. */
public final class BackupReports {
    private BackupReports() {}

    /** @param report of a backup job */
    public static String text(JsonNode report) {
        JsonNode failures = report.path("failures");
        List<String> lines = new ArrayList<>();
        lines.add((failures.isEmpty() ? "Backed up " : "Backed up PARTLY: ")
                + report.path("backupId").asText() + ": "
                + Units.count(report.path("records").asLong(), "record") + ", "
                + Units.bytes(report.path("bytes").asLong()) + " stored");
        report.path("warnings").forEach(warning -> lines.add("Warning: " + warning.asText()));
        failures.forEach(failure ->
                lines.add("Not in the backup: " + failure.path("message").asText()));
        return String.join(System.lineSeparator(), lines);
    }
}
