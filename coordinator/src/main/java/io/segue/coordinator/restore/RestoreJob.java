package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.dispatch.TaskStanding;
import io.segue.coordinator.jobs.JobHistory;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.coordinator.restore.ResetPhase.ResetOutcome;
import io.segue.coordinator.restore.ThawPhase.Thawing;
import io.segue.coordinator.restore.ThawPhase.Wanted;
import io.segue.coordinator.topics.LostTopics;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.text.Units;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A restore job from wherever it stands to its end:
 *
 * <ol>
 *   <li>restore data: topics made and frozen, every task brought to its end;
 *   <li>build and prove the mapping: fragments, attaches and log ends agree, or the partition is not proven;
 *   <li>reset groups, only on topics whose partitions are all proven;
 *   <li>thaw: retention and compaction start, last of all.
 * </ol>
 *
 * Every step is journaled before the next begins; after a crash the same steps find what is done and leave it alone.
 */
public final class RestoreJob {
    private static final String REPORT = "report.json";

    private final JobContext context;

    RestoreJob(JobContext context) {
        this.context = context;
    }

    /** Runs to the end or to a stop. */
    public JobReport run() throws InterruptedException {
        long startedAt = context.limits().time().nanos();
        List<RestoreTask> tasks = context.jobs().tasks(context.jobId(), RestoreTask.class);
        JobListener listener = context.listener();

        listener.phase("Phase 1: Restore Data");
        DataPhase data = new DataPhase(context);
        List<TopicPlan> topics = context.jobs()
                .readDocument(context.jobId(), TopicPlans.NAME, TopicPlans.class)
                .orElseThrow(() -> new IllegalStateException("job " + context.jobId() + " has no topic plans"))
                .topics();
        data.prepare(topics);
        new RebuildPhase(context, topics).run(tasks);
        listener.expected(
                tasks.stream().mapToLong(RestoreTask::records).sum(),
                tasks.stream().mapToLong(RestoreTask::bytes).sum());
        Map<String, List<TaskEvent>> logs = data.run(tasks);
        if (context.limits().stopped().getAsBoolean()) {
            return interrupted(startedAt);
        }
        if (logs.values().stream().allMatch(log -> TaskStanding.of(log) instanceof TaskStanding.Succeeded)) {
            listener.allMoved();
        }

        return conclude(tasks, logs, startedAt);
    }

    /** What a topic that is deleted meanwhile makes fail, is done again without it: the rest goes on. */
    private JobReport conclude(List<RestoreTask> tasks, Map<String, List<TaskEvent>> logs, long startedAt)
            throws InterruptedException {
        int lost = lost().size();
        while (true) {
            try {
                return proveResetAndThaw(tasks, logs, startedAt);
            } catch (KafkaFailure e) {
                int now = lost().size();
                if (now == lost) {
                    throw e;
                }
                lost = now;
                context.listener().said("a target topic was deleted meanwhile; going on without it");
            }
        }
    }

    private Set<String> lost() {
        return LostTopics.of(
                        context.target(), context.journal().history().ready().values())
                .keySet();
    }

    private JobReport proveResetAndThaw(List<RestoreTask> tasks, Map<String, List<TaskEvent>> logs, long startedAt)
            throws InterruptedException {
        JobListener listener = context.listener();
        listener.phase("Phase 2: Build Mapping");
        List<Verdict> verdicts = new AuditPhase(context).run(tasks, logs);
        List<OffsetMapping> mapping = new MappingPhase(context).run(tasks, logs, verdicts);
        long proven = verdicts.stream().filter(Verdict::proven).count();
        context.journal().append(new JobEvent.DataDone((int) proven, (int) (verdicts.size() - proven)));
        listener.said(proven + " of " + Units.count(verdicts.size(), "partition") + " proven");

        ResetOutcome reset = ResetOutcome.NONE;
        if (context.file().restore().groups().reset()) {
            listener.phase("Phase 3: Reset Offsets");
            reset = new ResetPhase(context).run(mapping, verdicts);
        }
        Wanted wanted = context.file().restore().topics().keepFrozen() ? Wanted.NOTHING : Wanted.WHAT_IS_SAFE;
        Thawing thawing = new ThawPhase(context).run(unproven(verdicts), reset.positions(), wanted);
        Set<String> lost = lost();
        boolean lostSince = verdicts.stream()
                .anyMatch(verdict ->
                        verdict.proven() && lost.contains(verdict.target().topic()));
        List<Verdict> last = lostSince ? new AuditPhase(context).run(tasks, logs) : verdicts;
        return finish(last, FailureWords.of(logs, last), reset, thawing, startedAt);
    }

    /**
     * Thaws topics that the job kept frozen.
     *
     * @param force also where that deletes what a reset group has not read
     * @return the topics that stay frozen, and why
     */
    public Map<String, String> thaw(boolean force) {
        List<Verdict> verdicts = context.jobs()
                .readDocument(context.jobId(), AuditPhase.NAME, AuditPhase.AuditFile.class)
                .orElseThrow(() -> new JobRefusedException("job " + context.jobId()
                        + " has not restored its data yet: its topics stay frozen until 'resume " + context.jobId()
                        + "' has ended"))
                .partitions();
        Map<TopicPartition, Long> positions = ResetPhase.state(context).positions();
        Thawing thawing =
                new ThawPhase(context).run(unproven(verdicts), positions, force ? Wanted.ALL : Wanted.WHAT_IS_SAFE);
        thawing.warnings().forEach(context.listener()::said);
        Map<String, String> frozen = thawing.frozen();
        JobHistory history = context.journal().history();
        Optional<JobReport> before = context.jobs().readDocument(context.jobId(), REPORT, JobReport.class);
        JobState state = frozen.isEmpty() && unproven(verdicts).isEmpty() && resetsComplete(before)
                ? JobState.COMPLETED
                : JobState.COMPLETED_PARTLY;
        before.ifPresent(report -> context.jobs()
                .writeDocument(context.jobId(), REPORT, report.thawed(state, frozen, thawing.warnings())));
        context.journal()
                .append(new JobEvent.Finished(
                        state,
                        "thawed " + (history.planned().size() - frozen.size()) + " of "
                                + Units.count(history.planned().size(), "topic"),
                        context.limits().time().wallMillis()));
        return frozen;
    }

    /** A thaw resets nothing: what the report says of the groups still holds. */
    private boolean resetsComplete(Optional<JobReport> before) {
        return !context.file().restore().groups().reset()
                || before.filter(JobReport::resetsComplete).isPresent();
    }

    private JobReport finish(
            List<Verdict> verdicts, List<String> failures, ResetOutcome reset, Thawing thawing, long startedAt) {
        long proven = verdicts.stream().filter(Verdict::proven).count();
        boolean all = proven == verdicts.size()
                && reset.complete()
                && thawing.frozen().values().stream().allMatch(JobReport.KEPT_ON_REQUEST::equals);
        JobState state = all ? JobState.COMPLETED : proven == 0 ? JobState.FAILED : JobState.COMPLETED_PARTLY;
        if (verdicts.isEmpty()) {
            state = reset.complete() ? JobState.COMPLETED : JobState.COMPLETED_PARTLY;
        }
        JobReport report = report(state, verdicts, failures, reset, thawing, startedAt);
        context.jobs().writeDocument(context.jobId(), REPORT, report);
        context.journal()
                .append(new JobEvent.Finished(
                        state,
                        proven + " of " + Units.count(verdicts.size(), "partition") + " proven",
                        context.limits().time().wallMillis()));
        return report;
    }

    private JobReport interrupted(long startedAt) {
        context.journal()
                .append(new JobEvent.Interrupted(context.journal().history().epoch(), "stopped on request"));
        return report(JobState.INTERRUPTED, List.of(), List.of(), ResetOutcome.NONE, Thawing.NONE, startedAt);
    }

    private JobReport report(
            JobState state,
            List<Verdict> verdicts,
            List<String> failures,
            ResetOutcome reset,
            Thawing thawing,
            long startedAt) {
        return new JobReport(
                context.jobId(),
                state,
                verdicts.stream().mapToLong(Verdict::records).sum(),
                verdicts,
                failures,
                reset.groups(),
                new TreeMap<>(thawing.frozen()),
                thawing.warnings(),
                (context.limits().time().nanos() - startedAt) / 1_000_000);
    }

    private static Set<String> unproven(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> !verdict.proven())
                .map(verdict -> verdict.target().topic())
                .collect(Collectors.toSet());
    }

    /** What {@code topics.json} holds: the topics that the plan decided on. */
    record TopicPlans(int version, List<TopicPlan> topics) {
        static final String NAME = "topics.json";
    }
}
