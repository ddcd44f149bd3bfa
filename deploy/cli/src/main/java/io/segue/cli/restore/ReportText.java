package io.segue.cli.restore;

import io.segue.cli.ExitCode;
import io.segue.cli.text.Table;
import io.segue.coordinator.groups.GroupLine;
import io.segue.coordinator.restore.JobReport;
import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.job.JobState;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;

/** The end of a restore, for people. */
final class ReportText {
    private ReportText() {}

    static ExitCode exitCode(JobState state) {
        return switch (state) {
            case COMPLETED -> ExitCode.DONE;
            case COMPLETED_PARTLY -> ExitCode.PARTLY;
            case INTERRUPTED, PAUSED, PLANNED, RUNNING, VERIFYING, RESETTING -> ExitCode.INTERRUPTED;
            case FAILED, CANCELLED -> ExitCode.FAILED;
        };
    }

    static String of(JobReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Job " + report.jobId() + ": " + words(report.state()));
        if (report.state() == JobState.INTERRUPTED) {
            lines.add("Go on with: kafka-backup resume " + report.jobId());
            return String.join(System.lineSeparator(), lines);
        }
        lines.add("Records on the target "
                + (report.delivery().mode() == DeliveryMode.AT_LEAST_ONCE ? "at least once: " : "exactly once: ")
                + Units.count(report.records()) + ", partitions proven: "
                + report.proven() + " of " + report.partitions().size());
        lines.add("Delivery " + JobReport.words(report.delivery()));
        if (!report.failures().isEmpty()) {
            lines.add("Not proven:");
            report.failures().forEach(failure -> lines.add("  " + failure));
            lines.addAll(NextSteps.of(report.jobId(), report.partitions()));
        }
        if (!report.groups().isEmpty()) {
            lines.add(groups(report.groups()));
        }
        report.keptFrozen()
                .forEach((topic, why) ->
                        lines.add("Topic " + topic + " stays frozen: " + why + advice(why, report.jobId())));
        report.warnings().forEach(warning -> lines.add("Warning: " + warning));
        return String.join(System.lineSeparator(), lines);
    }

    private static String advice(String why, String jobId) {
        if (why.equals(JobReport.NOT_COMPLETE)) {
            return "";
        }
        return why.equals(JobReport.KEPT_ON_REQUEST) || why.startsWith(JobReport.THAW_FAILED)
                ? "; to thaw it: kafka-backup thaw " + jobId
                : "; when that is as you want it: kafka-backup thaw " + jobId + " --force";
    }

    private static String groups(List<GroupLine> groups) {
        Table table = new Table(Table.Column.text("GROUP"), Table.Column.text("RESET"), Table.Column.text("DETAIL"));
        groups.forEach(group -> table.row(group.group(), group.outcome(), group.detail()));
        return table.toString();
    }

    private static String words(JobState state) {
        return state.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
