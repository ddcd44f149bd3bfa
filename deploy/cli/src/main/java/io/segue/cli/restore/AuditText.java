package io.segue.cli.restore;

import io.segue.cli.text.Table;
import io.segue.coordinator.audit.PartitionAudit.Evidence;
import io.segue.coordinator.audit.PartitionAudit.SourceRange;
import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.restore.RestoreAudit;
import io.segue.protocol.job.Defect;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The audit of a restore, for people; the last line is the result. */
final class AuditText {
    private static final int MOST_SOURCES = 3;

    private AuditText() {}

    static String of(RestoreAudit audit) {
        List<String> lines = new ArrayList<>();
        lines.add("Job " + audit.jobId() + ": "
                + audit.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        Table table = new Table(
                Table.Column.text("TARGET"),
                Table.Column.text("PROVEN"),
                Table.Column.number("RECORDS"),
                Table.Column.text("SOURCE OFFSETS"),
                Table.Column.text("TARGET OFFSETS"),
                Table.Column.number("ATTACHES"),
                Table.Column.number("FENCES"),
                Table.Column.number("LATER"));
        audit.partitions().forEach(verdict -> row(table, verdict));
        if (!audit.partitions().isEmpty()) {
            lines.add(table.toString());
        }
        for (Verdict verdict : audit.partitions()) {
            lines.addAll(remarks(verdict));
        }
        lines.addAll(NextSteps.of(audit.jobId(), audit.partitions()));
        lines.add("Result: " + audit.proven() + " of "
                + Units.count(audit.partitions().size(), "partition") + " proven");
        return String.join(System.lineSeparator(), lines);
    }

    private static void row(Table table, Verdict verdict) {
        Evidence evidence = verdict.evidence();
        table.row(
                verdict.target().toString(),
                verdict.proven() ? "yes" : "NO",
                verdict.proven() ? Units.count(verdict.records()) : "",
                evidence == null ? RestoreTask.words(verdict.sources()) : sources(evidence, verdict),
                range(verdict.base(), verdict.end()),
                evidence == null ? "" : Units.count(evidence.attaches()),
                verdict.proven() ? Units.count(verdict.fences()) : "",
                verdict.proven() ? Units.count(verdict.later()) : "");
    }

    private static String sources(Evidence evidence, Verdict verdict) {
        List<SourceRange> ranges = evidence.ranges();
        if (ranges.isEmpty()) {
            return RestoreTask.words(verdict.sources());
        }
        return ranges.stream()
                        .limit(MOST_SOURCES)
                        .map(range -> range.source() + " " + range.first() + "-" + range.last())
                        .collect(Collectors.joining(", "))
                + (ranges.size() > MOST_SOURCES ? " and " + (ranges.size() - MOST_SOURCES) + " more" : "");
    }

    private static String range(long from, long to) {
        return to > from ? from + "-" + (to - 1) : "none";
    }

    private static List<String> remarks(Verdict verdict) {
        List<String> remarks = new ArrayList<>();
        String place = verdict.target() + ": ";
        Evidence evidence = verdict.evidence();
        if (evidence != null && !evidence.markers().isEmpty()) {
            remarks.add(place + "fences of new attempts stand at "
                    + evidence.markers().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        String offsets = verdict.offsets();
        if (offsets != null) {
            remarks.add(place + "offsets are " + (offsets.equals("identical") ? "those of the source" : offsets));
        }
        String why = verdict.unprovenBecause();
        if (why != null) {
            remarks.add("Not proven: " + (why.startsWith(place) ? "" : place) + why + located(verdict.defect()));
        }
        return remarks;
    }

    private static String located(@Nullable Defect defect) {
        if (defect == null || defect.kind() == Defect.Kind.TOPIC_LOST) {
            return "";
        }
        return " (" + defect.kind().word() + ", target offset"
                + (defect.to() > defect.from() + 1
                        ? "s " + defect.from() + "-" + (defect.to() - 1)
                        : " " + defect.from())
                + ")";
    }
}
