package io.segue.cli.groups;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.ExitCode;
import io.segue.cli.text.Table;
import io.segue.cli.text.Table.Column;
import io.segue.coordinator.groups.GroupOutcome;
import io.segue.coordinator.groups.Rollback.Difference;
import io.segue.protocol.group.OffsetSnapshot;
import java.util.List;

/** What a rollback came to, for people and, in the peer's shape, for programs. */
record RollbackReport(OffsetSnapshot snapshot, List<GroupOutcome> outcomes, List<Difference> differences) {
    ExitCode exitCode() {
        long clean = clean();
        if (clean == outcomes.size() && differences.isEmpty()) {
            return ExitCode.DONE;
        }
        return clean == 0 ? ExitCode.FAILED : ExitCode.PARTLY;
    }

    private long clean() {
        return outcomes.stream().filter(GroupOutcome::clean).count();
    }

    String text() {
        Table table = new Table(Column.text("GROUP"), Column.text("RESULT"), Column.text("DETAIL"));
        outcomes.forEach(outcome -> table.row(outcome.groupId(), outcome.word(), outcome.detail()));
        StringBuilder text = new StringBuilder(table.toString());
        text.append(System.lineSeparator())
                .append(clean())
                .append(" of ")
                .append(outcomes.size())
                .append(" groups stand as in snapshot ")
                .append(snapshot.snapshotId());
        differences.forEach(difference ->
                text.append(System.lineSeparator()).append("Differs: ").append(difference));
        return text.toString();
    }

    ObjectNode json() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        long changed = outcomes.stream()
                .mapToLong(outcome -> outcome instanceof GroupOutcome.Done done ? done.changed() : 0)
                .sum();
        ObjectNode result = nodes.objectNode()
                .put("status", exitCode() == ExitCode.DONE ? "success" : clean() == 0 ? "failed" : "partial_success")
                .put("snapshot_id", snapshot.snapshotId())
                .put("groups_rolled_back", clean())
                .put("groups_failed", outcomes.size() - clean())
                .put("offsets_restored", changed);
        ArrayNode errors = result.putArray("errors");
        outcomes.stream()
                .filter(outcome -> !outcome.clean())
                .forEach(outcome -> errors.add(outcome.groupId() + ": " + outcome.word() + ": " + outcome.detail()));
        ObjectNode verification = nodes.objectNode().put("verified", differences.isEmpty());
        ArrayNode mismatched = verification.putArray("groups_mismatched");
        differences.forEach(difference -> mismatched.add(difference.groupId()));
        ArrayNode mismatches = verification.putArray("mismatches");
        differences.forEach(difference -> mismatches.add(difference.toString()));
        ObjectNode document = nodes.objectNode();
        document.set("result", result);
        document.set("verification", verification);
        return document;
    }
}
