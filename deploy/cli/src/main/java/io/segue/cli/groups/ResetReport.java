package io.segue.cli.groups;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.ExitCode;
import io.segue.cli.text.Table;
import io.segue.cli.text.Table.Column;
import io.segue.coordinator.groups.GroupLine;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;

/** What a reset came to, for people and, in the shape of the peer's bulk report, for programs. */
record ResetReport(ResetApplication.Result result, int perBroker) {
    private static final int ROWS = 200;

    ExitCode exitCode() {
        long complete = complete();
        if (complete == result.groups().size()) {
            return ExitCode.DONE;
        }
        boolean some = complete > 0 || result.groups().stream().anyMatch(line -> line.offsets() > 0);
        return some ? ExitCode.PARTLY : ExitCode.FAILED;
    }

    private long complete() {
        return result.groups().stream().filter(GroupLine::complete).count();
    }

    private long offsets() {
        return result.groups().stream().mapToLong(GroupLine::offsets).sum();
    }

    String text() {
        Table table = new Table(Column.text("GROUP"), Column.text("RESULT"), Column.text("DETAIL"));
        List<GroupLine> shown = new ArrayList<>(
                result.groups().stream().filter(line -> !line.complete()).toList());
        result.groups().stream()
                .filter(GroupLine::complete)
                .limit(Math.max(0, ROWS - shown.size()))
                .forEach(shown::add);
        shown.sort(java.util.Comparator.comparing(GroupLine::group));
        shown.forEach(line -> table.row(line.group(), line.outcome(), line.detail()));
        String more = shown.size() < result.groups().size()
                ? System.lineSeparator() + "… and " + (result.groups().size() - shown.size()) + " more, all complete"
                : "";
        return table + more + System.lineSeparator() + "Reset " + result.id() + ": " + complete() + " of "
                + Units.count(result.groups().size(), "group") + " complete, " + Units.count(offsets(), "offset")
                + " set";
    }

    ObjectNode json() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        long failed = result.groups().size() - complete();
        ObjectNode report = nodes.objectNode()
                .put("reset_id", result.id())
                .put("status", failed == 0 ? "success" : exitCode() == ExitCode.FAILED ? "failed" : "partial_success")
                .put("total_groups", result.groups().size())
                .put("successful_groups", complete())
                .put("failed_groups", failed)
                .put("total_offsets_reset", offsets())
                .put("duration_ms", result.millis());
        ArrayNode outcomes = report.putArray("group_outcomes");
        for (GroupLine line : result.groups()) {
            ObjectNode outcome = outcomes.addObject()
                    .put("group_id", line.group())
                    .put("outcome", line.outcome())
                    .put("partitions_reset", line.offsets());
            ArrayNode errors = outcome.putArray("errors");
            if (!line.complete()) {
                errors.addObject().put("message", line.detail());
            }
        }
        report.putObject("performance")
                .put("offsets_per_second", result.millis() == 0 ? 0.0 : offsets() * 1000.0 / result.millis())
                .put("max_concurrency", perBroker);
        return report;
    }
}
