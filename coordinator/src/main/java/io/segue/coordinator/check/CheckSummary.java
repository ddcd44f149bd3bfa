package io.segue.coordinator.check;

import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.check.ValidationReport.Kind;
import io.segue.protocol.job.CheckTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskResult.Checked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One report out of what the tasks of a validation found. Pure. */
final class CheckSummary {
    private CheckSummary() {}

    /**
     * @param shallow what was found without reading segments
     * @param logs by task id
     */
    static ValidationReport of(List<Finding> shallow, List<CheckTask> tasks, Map<String, List<TaskEvent>> logs) {
        List<Finding> findings = new ArrayList<>(shallow);
        long damages = shallow.stream()
                .filter(finding -> finding.kind() == Kind.DAMAGE)
                .count();
        long segments = 0;
        long records = 0;
        for (CheckTask task : tasks) {
            List<TaskEvent> events = logs.getOrDefault(task.id(), List.of());
            Optional<Checked> checked = checked(events);
            if (checked.isEmpty()) {
                findings.add(unread(task, events));
                continue;
            }
            segments += checked.get().segments();
            records += checked.get().records();
            damages += checked.get().damages();
            checked.get()
                    .findings()
                    .forEach(finding -> findings.add(new Finding(
                            finding.damage() ? Kind.DAMAGE : Kind.REMARK,
                            task.source(),
                            finding.key(),
                            finding.message())));
        }
        findings.sort(Finding.ORDER);
        return new ValidationReport(true, segments, records, findings, damages);
    }

    private static Optional<Checked> checked(List<TaskEvent> events) {
        return events.stream()
                .filter(event -> event instanceof Done done && done.result() instanceof Checked)
                .map(event -> (Checked) ((Done) event).result())
                .findFirst();
    }

    private static Finding unread(CheckTask task, List<TaskEvent> events) {
        String why = events.stream()
                .filter(Failed.class::isInstance)
                .map(event -> ((Failed) event).inWords())
                .reduce((first, second) -> second)
                .orElse("nobody read them");
        return new Finding(
                Kind.UNREAD,
                task.source(),
                task.segments().get(0).key(),
                "and the " + (task.segments().size() - 1) + " segments after it were not read to the end: " + why);
    }
}
