package io.segue.cli.archive;

import io.segue.coordinator.check.ValidationReport;
import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.check.ValidationReport.Kind;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A validation report in words; the last line is the result. */
final class ValidationText {
    private static final int MAX_SHOWN = 1_024;

    private ValidationText() {}

    /** @param headline what was looked at, where it is known */
    static String of(Optional<String> headline, ValidationReport report) {
        List<String> lines = new ArrayList<>();
        headline.ifPresent(lines::add);
        for (Finding finding : report.findings()) {
            String partition = finding.partition() == null ? "" : finding.partition() + "  ";
            lines.add(word(finding.kind()) + "  " + partition + shown(finding.key()) + ": " + finding.message());
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

    /** The key of a hostile archive may have any length. */
    private static String shown(String key) {
        return key.length() > MAX_SHOWN ? key.substring(0, MAX_SHOWN) + "…" : key;
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case DAMAGE -> "DAMAGED";
            case UNREAD -> "UNREAD ";
            case GAP -> "gap    ";
            case HOLE -> "hole   ";
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
        long holes = report.count(Kind.HOLE);
        List<String> known = new ArrayList<>();
        if (gaps > 0) {
            known.add(Units.count(gaps, "recorded data gap"));
        }
        if (holes > 0) {
            known.add(Units.count(holes, "hole") + " that nothing explains");
        }
        String suffix = known.isEmpty() ? "" : " (with " + String.join(" and ", known) + ")";
        return "VALID" + suffix + (report.deep() ? "" : "; --deep reads every record");
    }
}
