package io.segue.cli.backup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.ExitCode;
import io.segue.cli.text.Units;
import io.segue.coordinator.backup.BackupResult;
import io.segue.protocol.manifest.BackupReport;
import java.util.ArrayList;
import java.util.List;

/** How a backup ended: in words, as JSON, as an exit code. */
record BackupOutcomeText(String backupId, String location, BackupResult result) {
    ExitCode exitCode() {
        if (result instanceof BackupResult.Written written) {
            return written.report().complete() ? ExitCode.DONE : ExitCode.PARTLY;
        }
        if (result instanceof BackupResult.Interrupted) {
            return ExitCode.INTERRUPTED;
        }
        return result instanceof BackupResult.Refused ? ExitCode.USAGE : ExitCode.FAILED;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        if (result instanceof BackupResult.Written written) {
            BackupReport report = written.report();
            lines.add((report.complete() ? "Backed up " : "Backed up PARTLY: ") + backupId + " to " + location + ": "
                    + Units.count(report.records(), "record") + ", " + Units.bytes(report.bytes()) + " stored");
            report.warnings().forEach(warning -> lines.add("Warning: " + warning));
            report.failures().forEach(failure -> lines.add("Not in the backup: " + failure.message()));
        } else if (result instanceof BackupResult.Interrupted) {
            lines.add("Stopped on request: there is no backup " + backupId + " yet; run the same command again");
        } else if (result instanceof BackupResult.Failed failed) {
            lines.add("Failed: nothing could be stored, there is no backup " + backupId);
            failed.failures().forEach(failure -> lines.add("Not in the backup: " + failure.message()));
        } else if (result instanceof BackupResult.Refused refused) {
            lines.add("Refused: " + refused.reason());
        }
        return String.join(System.lineSeparator(), lines);
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("backup_id", backupId).put("location", location);
        root.put("status", status());
        if (result instanceof BackupResult.Written written) {
            BackupReport report = written.report();
            root.put("records", report.records()).put("bytes", report.bytes());
            ArrayNode warnings = root.putArray("warnings");
            report.warnings().forEach(warnings::add);
            put(root, report.failures());
        } else if (result instanceof BackupResult.Failed failed) {
            put(root, failed.failures());
        } else if (result instanceof BackupResult.Refused refused) {
            root.put("reason", refused.reason());
        }
        return root;
    }

    private String status() {
        return switch (exitCode()) {
            case DONE -> "complete";
            case PARTLY -> "partly";
            case INTERRUPTED -> "interrupted";
            case USAGE -> "refused";
            case FAILED -> "failed";
        };
    }

    private static void put(ObjectNode root, List<BackupReport.Failure> failures) {
        ArrayNode array = root.putArray("failures");
        for (BackupReport.Failure failure : failures) {
            array.addObject()
                    .put("topic", failure.topic())
                    .put("partition", failure.partition())
                    .put("message", failure.message());
        }
    }
}
