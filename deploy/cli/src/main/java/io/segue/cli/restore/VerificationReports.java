package io.segue.cli.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.coordinator.verification.VerificationReport;
import io.segue.coordinator.verification.VerificationReport.Partition;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.job.TaskResult.Compared;
import io.segue.protocol.job.TaskResult.Difference;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;

/** Reports of verifications, those of a fleet as those of this process. */
public final class VerificationReports {
    private static final ObjectMapper JSON = JobJson.mapper();

    private VerificationReports() {}

    /** @param report of a verification job of a fleet */
    public static String text(JsonNode report) {
        return text(JSON.convertValue(report, VerificationReport.class));
    }

    /** For people; the last line is the result. */
    static String text(VerificationReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Job " + report.restore() + ", compared with its archive:");
        List<String> repairs = new ArrayList<>();
        for (Partition partition : report.partitions()) {
            lines.add(partition.target() + ": " + verdict(partition));
            Compared compared = partition.compared();
            if (compared != null) {
                compared.differences().forEach(difference -> lines.add("  " + words(difference)));
                if (!compared.same()) {
                    repairs.add(partition.target().topic());
                }
            }
        }
        if (!repairs.isEmpty()) {
            lines.add(NextSteps.anew(repairs));
        }
        lines.add("Result: " + report.same() + " of "
                + Units.count(report.partitions().size(), "partition") + " the same");
        return String.join(System.lineSeparator(), lines);
    }

    private static String verdict(Partition partition) {
        Compared compared = partition.compared();
        if (compared == null) {
            return "NOT COMPARED: " + partition.unreadBecause();
        }
        return compared.same()
                ? Units.count(compared.records(), "record") + ", the same"
                : "DIFFERS: " + Units.count(compared.records(), "record") + " the same, " + compared.altered()
                        + " altered, " + compared.missing() + " missing, " + compared.foreign() + " foreign";
    }

    private static String words(Difference difference) {
        TopicPartition source = difference.source();
        long last = difference.records() - 1;
        String what = difference.kind().word() + ": target offset "
                + difference.targetOffset()
                + (last > 0 ? " and " + Units.count(last) + " after it" : "");
        return source == null
                ? what + ": " + difference.message()
                : what + ", " + source + " source offset " + difference.sourceOffset() + (last > 0 ? " on" : "") + ": "
                        + difference.message();
    }
}
