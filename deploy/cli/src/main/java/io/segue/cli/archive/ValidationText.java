package io.segue.cli.archive;

import io.segue.cli.archive.ValidationReport.Finding;
import io.segue.cli.archive.ValidationReport.Kind;
import io.segue.cli.text.Units;
import java.util.ArrayList;
import java.util.List;

/** A validation report in words; the last line is the result. */
final class ValidationText {
    private ValidationText() {}

    static String of(String store, ValidationReport report) {
        BackupSummary summary = report.summary();
        List<String> lines = new ArrayList<>();
        lines.add("Backup " + summary.backupId() + " in " + store + ": "
                + Units.count(summary.topics(), "topic") + ", "
                + Units.count(summary.segments(), "segment") + ", "
                + Units.count(summary.records(), "record") + ", " + Units.bytes(summary.bytes()));
        for (Finding finding : report.findings()) {
            lines.add(word(finding.kind()) + "  " + finding.partition() + "  " + finding.key() + ": "
                    + finding.message());
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
            case GAP -> "gap    ";
            case REMARK -> "remark ";
        };
    }

    private static String result(ValidationReport report) {
        if (!report.valid()) {
            return "INVALID (" + Units.count(report.count(Kind.DAMAGE), "damage") + ")";
        }
        long gaps = report.count(Kind.GAP);
        String suffix = gaps == 0 ? "" : " (with " + Units.count(gaps, "recorded data gap") + ")";
        return "VALID" + suffix + (report.deep() ? "" : "; --deep reads every record");
    }
}
