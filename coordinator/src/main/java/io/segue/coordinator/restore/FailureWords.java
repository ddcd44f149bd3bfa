package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a job did not come to the end with, in words: one line for each partition, or for all that share topic and reason. */
final class FailureWords {
    private FailureWords() {}

    /** What several partitions of a topic have in common. */
    private record Shared(String topic, String why) {}

    /** @param logs of the tasks, by id */
    static List<String> of(Map<String, List<TaskEvent>> logs, List<Verdict> verdicts) {
        Map<Shared, List<Verdict>> unproven = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            String reason = verdict.unprovenBecause();
            if (reason != null) {
                String place = verdict.target() + ": ";
                String why = reason.startsWith(place) ? reason.substring(place.length()) : reason;
                unproven.computeIfAbsent(new Shared(verdict.target().topic(), why), shared -> new ArrayList<>())
                        .add(verdict);
            }
        }
        List<String> failures = new ArrayList<>();
        unproven.forEach((shared, partitions) -> failures.add(
                partitions.size() == 1
                        ? RestoreTask.words(partitions.get(0).sources()) + " → "
                                + partitions.get(0).target() + ": " + shared.why()
                        : shared.topic() + ", " + Units.count(partitions.size(), "partition") + ": " + shared.why()));
        logs.forEach((task, events) -> {
            if (!events.isEmpty() && events.get(events.size() - 1) instanceof Failed failed && failed.retryable()) {
                failures.add(task + ": may succeed when tried again: resume the job");
            }
        });
        return failures;
    }
}
