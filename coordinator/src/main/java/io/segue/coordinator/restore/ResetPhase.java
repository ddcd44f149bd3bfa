package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.restore.JobReport.GroupLine;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PartitionMapping;
import java.util.List;
import java.util.Map;

/** Resets groups. */
final class ResetPhase {
    private final JobContext context;

    ResetPhase(JobContext context) {
        this.context = context;
    }

    /** What the resets left. */
    record ResetOutcome(boolean complete, List<GroupLine> groups, Map<TopicPartition, Long> positions) {
        static final ResetOutcome NONE = new ResetOutcome(true, List.of(), Map.of());
    }

    ResetOutcome run(List<PartitionMapping> mapping, List<Verdict> verdicts) {
        context.listener().said(mapping.size() + " " + verdicts.size());
        return ResetOutcome.NONE;
    }
}
