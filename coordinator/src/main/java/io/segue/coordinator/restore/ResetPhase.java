package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.groups.GroupOutcome;
import io.segue.coordinator.groups.GroupReset;
import io.segue.coordinator.groups.GroupSnapshots;
import io.segue.coordinator.groups.ResetInput;
import io.segue.coordinator.groups.ResetPlan;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlan.PlannedCommit;
import io.segue.coordinator.groups.ResetPlanner;
import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.groups.TargetLogs;
import io.segue.coordinator.restore.JobReport.GroupLine;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobEvent.GroupDone;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.OffsetMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Resets groups: their own offsets come from the backup (R6), a complete snapshot of what will be overwritten is stored
 * first (R7), and only proven partitions count (R4). Each group is journaled when it has ended.
 */
final class ResetPhase {
    static final String PLAN = "reset/plan.json";

    private final JobContext context;

    ResetPhase(JobContext context) {
        this.context = context;
    }

    /**
     * What the resets left.
     *
     * @param complete every group that was asked for is as planned
     * @param positions the lowest in each target partition
     */
    record ResetOutcome(boolean complete, List<GroupLine> groups, Map<TopicPartition, Long> positions) {
        static final ResetOutcome NONE = new ResetOutcome(true, List.of(), Map.of());
    }

    ResetOutcome run(List<OffsetMapping> mappings, List<Verdict> verdicts) {
        RestoreSpec spec = context.file().restore();
        Optional<SourceCommits> source =
                SourceCommits.of(context.archive().source(), context.archive().groups());
        if (source.isEmpty()) {
            String why = "backup '" + spec.backupId() + "' holds no group snapshot: make one with"
                    + " consumer_group_snapshot: true";
            return new ResetOutcome(false, List.of(new GroupLine("*", "refused", why)), Map.of());
        }
        Set<String> selected = ResetInput.selected(source.get(), spec.groups().names());
        OffsetSnapshot before = snapshot(selected);
        RestoredPartitions restored =
                RestoredPartitions.of(spec, context.archive().manifest(), mappings, verdicts);
        ResetPlan plan = ResetPlanner.plan(new ResetInput(
                source.get(),
                List.copyOf(selected),
                restored,
                TargetLogs.of(context.target(), restored),
                before,
                spec.groups().noAnswer()));
        context.jobs().writeDocument(context.jobId(), PLAN, plan);
        return apply(plan, before);
    }

    private OffsetSnapshot snapshot(Set<String> groups) {
        String key = JobStore.documentKey(context.jobId(), "reset/snapshot.json");
        OffsetSnapshot taken = new GroupSnapshots(
                        context.target(), List.of(), context.limits().time())
                .take(groups, context.jobId(), "before the reset of job " + context.jobId());
        OffsetSnapshot stored = context.jobs().snapshots().saveOnce(key, taken);
        context.journal().append(new JobEvent.SnapshotTaken(key));
        context.listener().said("committed offsets of " + groups.size() + " groups saved: " + key);
        return stored;
    }

    private ResetOutcome apply(ResetPlan plan, OffsetSnapshot before) {
        Map<String, GroupDone> ended = context.journal().history().groups();
        List<GroupLine> lines = new ArrayList<>();
        List<GroupPlan> open = new ArrayList<>();
        for (GroupPlan group : plan.groups()) {
            GroupDone done = ended.get(group.groupId());
            if (done != null && done.outcome().equals("done")) {
                lines.add(new GroupLine(done.group(), done.outcome(), done.detail()));
            } else {
                open.add(group);
            }
        }
        List<GroupOutcome> outcomes = new GroupReset(context.target(), this::ended).apply(new ResetPlan(open), before);
        boolean complete = outcomes.stream().allMatch(GroupOutcome::clean);
        outcomes.forEach(outcome -> lines.add(new GroupLine(outcome.groupId(), outcome.word(), outcome.detail())));
        return new ResetOutcome(complete, lines, positions(plan));
    }

    private void ended(GroupOutcome outcome) {
        context.journal().append(new GroupDone(outcome.groupId(), outcome.word(), outcome.detail()));
        context.listener().said("group " + outcome.groupId() + ": " + outcome.word() + " " + outcome.detail());
    }

    static Map<TopicPartition, Long> positions(ResetPlan plan) {
        Map<TopicPartition, Long> lowest = new TreeMap<>();
        for (GroupPlan group : plan.groups()) {
            for (PlannedCommit commit : group.commits()) {
                lowest.merge(commit.target(), commit.offset(), Math::min);
            }
        }
        return lowest;
    }
}
