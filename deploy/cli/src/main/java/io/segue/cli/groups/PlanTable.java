package io.segue.cli.groups;

import io.segue.cli.text.Table;
import io.segue.cli.text.Table.Column;
import io.segue.coordinator.groups.PlanOrigin;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlan.PlannedCommit;
import io.segue.protocol.text.Units;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan for people. Of very many offsets the first are shown, the others counted; everything refused is shown. */
final class PlanTable implements PlanFormats.Sink {
    private static final int ROWS = 400;

    private final PrintStream out;
    private final PlanOrigin origin;
    private final Table table = new Table(
            Column.text("GROUP"),
            Column.text("PARTITION"),
            Column.number("SOURCE"),
            Column.number("NOW"),
            Column.number("NEW"),
            Column.text("KIND"),
            Column.number("AGAIN"),
            Column.number("LAG"),
            Column.text("RECORD OF"));
    private final List<String> remarks = new ArrayList<>();
    private int groups;
    private int offsets;

    PlanTable(PrintStream out, PlanOrigin origin) {
        this.out = out;
        this.origin = origin;
    }

    @Override
    public void group(GroupPlan group) {
        groups++;
        for (PlannedCommit commit : group.commits()) {
            if (offsets++ < ROWS) {
                table.row(
                        group.groupId(),
                        commit.target().toString(),
                        word(commit.committed()),
                        word(commit.current()),
                        Long.toString(commit.offset()),
                        commit.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        Long.toString(commit.readAgain()),
                        Long.toString(commit.lag()),
                        time(commit.timestamp()));
            }
        }
        group.refusals().forEach(refusal -> remarks.add("Refused: " + group.groupId() + ": " + refusal));
        group.notes().forEach(note -> {
            if (remarks.size() < ROWS) {
                remarks.add("Note: " + group.groupId() + " " + note);
            }
        });
    }

    private static String word(@Nullable Long offset) {
        return offset == null ? "-" : Long.toString(offset);
    }

    private String time(@Nullable Long timestamp) {
        if (timestamp == null) {
            return "-";
        }
        Duration age = Duration.ofMillis(Math.max(0, origin.madeAt() - timestamp));
        String ago = age.toDays() > 1
                ? age.toDays() + " d"
                : age.toHours() > 1
                        ? age.toHours() + " h"
                        : age.toMinutes() > 1 ? age.toMinutes() + " min" : age.toSeconds() + " s";
        return Instant.ofEpochMilli(timestamp) + " (" + ago + " ago)";
    }

    @Override
    public void close() {
        out.println(table);
        if (offsets > ROWS) {
            out.println("… and " + (offsets - ROWS) + " more; --format csv or json has all");
        }
        remarks.forEach(out::println);
        origin.warnings().forEach(warning -> out.println("Warning: " + warning));
        out.println("Strategy " + origin.strategy() + ": " + Units.count(offsets, "offset") + " of "
                + Units.count(groups, "group") + " on cluster " + origin.world().clusterId());
        out.flush();
    }
}
