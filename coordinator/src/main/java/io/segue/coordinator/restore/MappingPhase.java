package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Merges the fragments of each task. */
final class MappingPhase {
    private final JobContext context;
    private final List<PartitionMapping> merged = new ArrayList<>();

    MappingPhase(JobContext context) {
        this.context = context;
    }

    void run(List<RestoreTask> tasks, Map<String, List<TaskEvent>> logs, List<Verdict> verdicts) {
        for (RestoreTask task : tasks) {
            List<Run> runs = new ArrayList<>();
            for (TaskEvent event : logs.getOrDefault(task.id(), List.of())) {
                if (event instanceof TaskEvent.Mapped mapped) {
                    runs.addAll(mapped.fragment().runs());
                }
            }
            merged.add(new PartitionMapping(task.source(), task.target(), runs));
        }
        context.listener().said("mapping of " + verdicts.size() + " partitions");
    }

    List<PartitionMapping> merged() {
        return merged;
    }
}
