package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.groups.GroupLine;
import io.segue.coordinator.groups.NamePattern;
import io.segue.coordinator.groups.PlanOrigin;
import io.segue.coordinator.groups.ResetLimits;
import io.segue.coordinator.groups.ResetPlan;
import io.segue.coordinator.groups.ResetPlanner;
import io.segue.coordinator.groups.ResetRequest;
import io.segue.coordinator.groups.ResetRun;
import io.segue.coordinator.groups.ResetState;
import io.segue.coordinator.groups.ResetStrategy;
import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.groups.Strategies;
import io.segue.coordinator.groups.TargetGroups;
import io.segue.coordinator.groups.TargetWorld;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.text.Units;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resets groups: their own offsets come from the backup (R6), a complete snapshot of what will be overwritten is stored
 * first (R7), and only proven partitions count (R4). Each shard of groups is journaled when it has ended.
 */
final class ResetPhase {
    private static final String DIRECTORY = "reset";
    private static final int SAID = 20;

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

    static ResetState state(JobContext context) {
        return new ResetState(context.jobs().below(context.jobId(), DIRECTORY));
    }

    ResetOutcome run(List<OffsetMapping> mappings, List<Verdict> verdicts) {
        RestoreSpec spec = context.file().restore();
        Optional<SourceCommits> source =
                SourceCommits.of(context.archive().source(), context.archive().groups());
        if (source.isEmpty()) {
            String why = "backup '" + spec.backupId() + "' holds no group snapshot: make one with"
                    + " consumer_group_snapshot: true";
            return new ResetOutcome(false, List.of(new GroupLine("*", "refused", why, 0, false)), Map.of());
        }
        List<NamePattern> patterns =
                spec.groups().names().stream().map(NamePattern::new).toList();
        Set<String> selected =
                NamePattern.select(patterns, source.get().groups().keySet());
        ResetRequest request = request(
                spec,
                source.get(),
                RestoredPartitions.of(spec, context.archive().manifest(), mappings, verdicts));
        TargetWorld world = TargetWorld.read(
                context.target(),
                List.of(),
                request.targetTopics(Set.of()),
                request.strategies().times());
        ResetState state = state(context);
        List<GroupLine> lines = new ResetRun(
                        context.target(),
                        state,
                        ResetLimits.standard(context.limits().time()),
                        new Journaled(),
                        context.jobId())
                .run(ResetRun.shards(selected, groups -> plan(request, world, groups)));
        return new ResetOutcome(lines.stream().allMatch(GroupLine::complete), lines, state.positions());
    }

    private static ResetRequest request(RestoreSpec spec, SourceCommits source, RestoredPartitions restored) {
        RestoreSpec.Chosen chosen = spec.groups().chosen();
        if (chosen == null) {
            return ResetRequest.translate(source, restored, spec.groups().noAnswer());
        }
        long value = Optional.ofNullable(chosen.value()).orElse(0L);
        ResetStrategy strategy = switch (chosen.strategy()) {
            case "timestamp" -> new ResetStrategy.Timestamp(value);
            case "offset" -> new ResetStrategy.Offset(value);
            case "earliest" -> new ResetStrategy.Earliest();
            case "latest" -> new ResetStrategy.Latest();
            default -> throw new IllegalStateException("a job has the strategy " + chosen.strategy());
        };
        return new ResetRequest(
                source,
                Strategies.only(strategy),
                spec.selected().topicMapping(),
                Set.of(),
                spec.groups().noAnswer(),
                false);
    }

    private ResetPlan plan(ResetRequest request, TargetWorld world, TargetGroups groups) {
        RestoreSpec spec = context.file().restore();
        PlanOrigin origin = new PlanOrigin(
                request.strategies().word(),
                context.limits().time().wallMillis(),
                spec.backupId(),
                context.jobId(),
                spec.sourceClusterId(),
                request.source().origin() + " of backup " + spec.backupId(),
                "what job " + context.jobId() + " proved",
                world.remembered(),
                List.of());
        return new ResetPlan(origin, ResetPlanner.plan(request, world, groups, groups.ids()));
    }

    /** Journals each shard; says what became of groups, of very many only what needs somebody. */
    private final class Journaled implements ResetRun.Listener {
        private int said;

        @Override
        public void snapshotTaken(String key, int groups) {
            String place = context.jobs().below(context.jobId(), DIRECTORY).describe() + "/" + key;
            context.journal().append(new JobEvent.SnapshotTaken("jobs/" + context.jobId() + "/reset/" + key));
            context.listener().said("committed offsets of " + Units.count(groups, "group") + " saved: " + place);
        }

        @Override
        public void ended(int shard, List<GroupLine> groups) {
            int complete = (int) groups.stream().filter(GroupLine::complete).count();
            context.journal().append(new JobEvent.ShardReset(shard, groups.size(), complete));
            for (GroupLine group : groups) {
                if (!group.complete() || said++ < SAID) {
                    context.listener().said("group " + group.group() + ": " + group.outcome() + " " + group.detail());
                }
            }
            if (said > SAID) {
                context.listener()
                        .said(complete + " of " + Units.count(groups.size(), "group") + " of shard " + shard
                                + " complete");
            }
        }
    }
}
