package io.segue.cli.restore;

import io.segue.cli.text.Table;
import io.segue.coordinator.plan.ReadAgain;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.text.Units;

/** A plan, for people. */
final class PlanText {
    private PlanText() {}

    static String of(RestorePlan plan) {
        Table table = new Table(
                Table.Column.text("SOURCE"),
                Table.Column.text("TARGET"),
                Table.Column.number("SEGMENTS"),
                Table.Column.number("RECORDS"),
                Table.Column.number("STORED"));
        for (RestoreTask task : plan.tasks()) {
            table.row(
                    RestoreTask.words(task.sources()),
                    task.target().toString(),
                    Units.count(task.segmentCount()),
                    Units.count(task.records()),
                    Units.bytes(task.bytes()));
        }
        StringBuilder text = new StringBuilder("Dry run: nothing was changed.").append(System.lineSeparator());
        for (RestorePlan.TopicPlan topic : plan.topics()) {
            text.append("Topic ")
                    .append(topic.topic())
                    .append(topic.create() ? ": created with " : ": exists with ")
                    .append(Units.count(topic.partitions(), "partition"))
                    .append(System.lineSeparator());
        }
        plan.notes().forEach(note -> text.append("Note: ").append(note).append(System.lineSeparator()));
        text.append(table);
        if (!plan.readAgain().isEmpty()) {
            boolean counted = plan.readAgain().stream().allMatch(ReadAgain::counted);
            text.append(System.lineSeparator())
                    .append("Records that groups read again where source partitions share a target partition")
                    .append(
                            counted
                                    ? ":"
                                    : ", at most (--exact counts them, reading " + Units.bytes(plan.bytesToCount())
                                            + "):")
                    .append(System.lineSeparator())
                    .append(readAgain(plan));
        }
        return text.toString();
    }

    private static Table readAgain(RestorePlan plan) {
        Table table = new Table(
                Table.Column.text("GROUP"),
                Table.Column.text("TARGET"),
                Table.Column.number("AS PLANNED"),
                Table.Column.number("BY TIMESTAMP"));
        for (ReadAgain line : plan.readAgain()) {
            table.row(
                    line.group(),
                    line.target().toString(),
                    line.planned() == 0 ? "none" : Units.count(line.planned()),
                    line.byTimestamp() == 0 ? "none" : Units.count(line.byTimestamp()));
        }
        return table;
    }
}
