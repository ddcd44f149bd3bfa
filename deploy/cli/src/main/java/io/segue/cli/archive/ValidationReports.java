package io.segue.cli.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.ExitCode;
import io.segue.coordinator.check.ValidationReport;
import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.kafka.TopicPartition;
import java.util.Locale;
import java.util.Optional;

/** Reports of validations, those of a fleet as those of this process. */
public final class ValidationReports {
    private static final ObjectMapper JSON = JobJson.mapper();

    private ValidationReports() {}

    /** @param report of a validation job of a fleet */
    public static String text(JsonNode report) {
        return ValidationText.of(Optional.empty(), of(report));
    }

    /** @param report of a validation job of a fleet */
    public static JsonNode json(JsonNode report) {
        return json(Optional.empty(), of(report));
    }

    private static ValidationReport of(JsonNode report) {
        return JSON.convertValue(report, ValidationReport.class);
    }

    static ExitCode exitCode(ValidationReport report) {
        return switch (report.state()) {
            case COMPLETED -> ExitCode.DONE;
            case COMPLETED_PARTLY -> ExitCode.PARTLY;
            default -> ExitCode.FAILED;
        };
    }

    /** @param summary of the manifest, where it is at hand */
    static ObjectNode json(Optional<BackupSummary> summary, ValidationReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        summary.ifPresent(backup -> ListCommand.put(root, backup));
        root.put("valid", report.valid());
        root.put("deep", report.deep());
        root.put("segments_read", report.segmentsRead());
        root.put("records_read", report.recordsRead());
        ArrayNode findings = root.putArray("findings");
        for (Finding finding : report.findings()) {
            ObjectNode node =
                    findings.addObject().put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
            TopicPartition partition = finding.partition();
            if (partition != null) {
                node.put("topic", partition.topic()).put("partition", partition.partition());
            }
            node.put("key", finding.key()).put("message", finding.message());
        }
        return root;
    }
}
