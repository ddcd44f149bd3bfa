package io.segue.cli.groups;

import io.segue.coordinator.groups.PlanOrigin;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlan.PlannedCommit;
import io.segue.coordinator.groups.ResetPlan.Refusal;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan as CSV: the peer's six columns first, then ours; a line for each offset and one for each refusal. */
final class PlanCsv implements PlanFormats.Sink {
    private final PrintStream out;
    private final String strategy;

    PlanCsv(PrintStream out, PlanOrigin origin) {
        this.out = out;
        this.strategy = origin.strategy();
        out.print("group_id,topic,partition,source_offset,target_offset,strategy,source_topic,source_partition,"
                + "current_offset,kind,read_again,lag,timestamp,refused\n");
    }

    @Override
    public void group(GroupPlan group) {
        for (PlannedCommit commit : group.commits()) {
            line(
                    group.groupId(),
                    commit.target().topic(),
                    commit.target().partition(),
                    commit.committed(),
                    commit.offset(),
                    strategy,
                    commit.source() == null ? null : commit.source().topic(),
                    commit.source() == null ? null : commit.source().partition(),
                    commit.current(),
                    commit.kind().name().toLowerCase(Locale.ROOT),
                    commit.readAgain(),
                    commit.lag(),
                    commit.timestamp(),
                    null);
        }
        for (Refusal refusal : group.refusals()) {
            line(
                    group.groupId(),
                    null,
                    null,
                    null,
                    null,
                    strategy,
                    refusal.topic(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    refusal.reason());
        }
    }

    private void line(@Nullable Object... cells) {
        StringBuilder line = new StringBuilder();
        for (Object cell : cells) {
            line.append(line.length() == 0 ? "" : ",").append(quoted(cell));
        }
        out.print(line.append('\n'));
    }

    /** Text is quoted, for group ids may hold anything. */
    static String quoted(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        String text = cell.toString();
        return cell instanceof Number || text.matches("[A-Za-z0-9_.-]+")
                ? text
                : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        out.flush();
    }
}
