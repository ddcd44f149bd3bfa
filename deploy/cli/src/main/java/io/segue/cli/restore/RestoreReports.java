package io.segue.cli.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.coordinator.restore.JobReport;
import io.segue.protocol.job.JobJson;

/** Reports of restores that a fleet ran, as the embedded command prints them. */
public final class RestoreReports {
    private static final ObjectMapper JSON = JobJson.mapper();

    private RestoreReports() {}

    /** @param report of a restore, or the plan of a dry run */
    public static String text(JsonNode report) {
        try {
            return report.has("tasks")
                    ? PlanText.of(JSON.treeToValue(report, RestorePlan.class))
                    : ReportText.of(JSON.treeToValue(report, JobReport.class));
        } catch (JsonProcessingException e) {
            // a coordinator of another release
            return report.toPrettyString();
        }
    }
}
