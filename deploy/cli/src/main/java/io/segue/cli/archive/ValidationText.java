package io.segue.cli.archive;

import io.segue.coordinator.check.ValidationReport;
import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.check.ValidationReport.Kind;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;

/** A validation report in words; the last line is the result. */
final class ValidationText {
    private ValidationText() {}

    static String of(String store, BackupSummary summary, ValidationReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Backup " + summary.backupId() + " in " + store + ": "
                + Units.count(summary.topics(), "topic") + ", "
                + Units.count(summary.segments(), "segment") + ", "
                + Units.count(summary.records(), "record") + ", " + Units.bytes(summary.bytes()));
        for (Finding finding : report.findings()) {
            lines.add(word(finding.kind()) + "  " + finding.partition() + "  " + finding.key() + ": "
                    + finding.message());
        }
        if (report.damages() > report.count(Kind.DAMAGE)) {
            lines.add("… and more: " + Units.count(report.damages(), "damage") + " in all");
        }
        if (report.deep()) {
            lines.add("Read " + Units.count(report.recordsRead(), "record") + " in "
                    + Units.count(report.segmentsRead(), "segment"));
        }
        lines.add("Result: " + result(report));
        return String.join(System.lineSeparator(), lines);
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case DAMAGE -> "DAMAGED";
            case UNREAD -> "UNREAD ";
            case GAP -> "gap    ";
            case REMARK -> "remark ";
        };
    }

    private static String result(ValidationReport report) {
        if (report.damages() > 0) {
            return "INVALID (" + Units.count(report.damages(), "damage") + ")";
        }
        if (!report.valid()) {
            return "UNKNOWN: not everything could be read; validate again when the cause is mended";
        }
        long gaps = report.count(Kind.GAP);
        String suffix = gaps == 0 ? "" : " (with " + Units.count(gaps, "recorded data gap") + ")";
        return "VALID" + suffix + (report.deep() ? "" : "; --deep reads every record");
    }
}
