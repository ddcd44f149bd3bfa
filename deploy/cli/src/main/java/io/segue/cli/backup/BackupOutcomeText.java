package io.segue.cli.backup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.ExitCode;
import io.segue.coordinator.backup.BackupJobReport;
import io.segue.coordinator.backup.BackupPlan;
import io.segue.protocol.job.BackupTask;
import io.segue.protocol.manifest.BackupReport;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;

/** How a backup ended: in words, as JSON, as an exit code. */
record BackupOutcomeText(String backupId, String location, BackupOutcome outcome) {
    ExitCode exitCode() {
        if (outcome instanceof BackupOutcome.Ran ran) {
            return exitCode(ran.report());
        }
        return outcome instanceof BackupOutcome.Shown ? ExitCode.DONE : ExitCode.USAGE;
    }

    private static ExitCode exitCode(BackupJobReport report) {
        return switch (report.state()) {
            case COMPLETED -> ExitCode.DONE;
            case COMPLETED_PARTLY -> ExitCode.PARTLY;
            case FAILED, CANCELLED -> ExitCode.FAILED;
            default -> ExitCode.INTERRUPTED;
        };
    }

    String text() {
        if (outcome instanceof BackupOutcome.Ran ran) {
            return text(ran.report());
        }
        if (outcome instanceof BackupOutcome.Shown shown) {
            return text(shown.plan());
        }
        return "Refused: " + ((BackupOutcome.Refused) outcome).reason();
    }

    private String text(BackupPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("Would back up to " + location + " as " + backupId + ": "
                + Units.count(plan.capture().source().topics().size(), "topic") + ", at most "
                + Units.count(records(plan), "record") + ", the offsets of "
                + Units.count(plan.capture().source().groups().size(), "group") + "; nothing was written");
        plan.capture().warnings().forEach(warning -> lines.add("Warning: " + warning));
        return String.join(System.lineSeparator(), lines);
    }

    private static long records(BackupPlan plan) {
        return plan.tasks().stream().mapToLong(BackupTask::weight).sum();
    }

    private String text(BackupJobReport report) {
        List<String> lines = new ArrayList<>();
        switch (exitCode(report)) {
            case DONE, PARTLY ->
                lines.add((report.failures().isEmpty() ? "Backed up " : "Backed up PARTLY: ") + backupId + " to "
                        + location + ": " + Units.count(report.records(), "record") + ", "
                        + Units.bytes(report.bytes()) + " stored");
            case INTERRUPTED ->
                lines.add("Stopped on request: there is no backup " + backupId
                        + " yet; go on with: kafka-backup resume " + report.jobId());
            case FAILED, USAGE ->
                lines.add("Failed: " + report.summary() + "; there is no backup " + backupId
                        + "; when the cause is mended: kafka-backup resume " + report.jobId());
        }
        report.warnings().forEach(warning -> lines.add("Warning: " + warning));
        report.failures().forEach(failure -> lines.add("Not in the backup: " + failure.message()));
        return String.join(System.lineSeparator(), lines);
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("backup_id", backupId).put("location", location).put("status", status());
        if (outcome instanceof BackupOutcome.Ran ran) {
            put(root, ran.report());
        } else if (outcome instanceof BackupOutcome.Shown shown) {
            root.put("dry_run", true)
                    .put("topics", shown.plan().capture().source().topics().size())
                    .put("records", records(shown.plan()))
                    .put("groups", shown.plan().capture().source().groups().size());
            shown.plan().capture().warnings().forEach(root.putArray("warnings")::add);
        } else if (outcome instanceof BackupOutcome.Refused refused) {
            root.put("reason", refused.reason());
        }
        return root;
    }

    private String status() {
        if (outcome instanceof BackupOutcome.Shown) {
            return "planned";
        }
        return switch (exitCode()) {
            case DONE -> "complete";
            case PARTLY -> "partly";
            case INTERRUPTED -> "interrupted";
            case USAGE -> "refused";
            case FAILED -> "failed";
        };
    }

    private static void put(ObjectNode root, BackupJobReport report) {
        root.put("job_id", report.jobId()).put("records", report.records()).put("bytes", report.bytes());
        root.put("summary", report.summary());
        ArrayNode warnings = root.putArray("warnings");
        report.warnings().forEach(warnings::add);
        ArrayNode failures = root.putArray("failures");
        for (BackupReport.Failure failure : report.failures()) {
            failures.addObject()
                    .put("topic", failure.topic())
                    .put("partition", failure.partition())
                    .put("message", failure.message());
        }
    }
}
