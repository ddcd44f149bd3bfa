package io.segue.coordinator.restore;

import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.jobs.Rebuilds;
import io.segue.coordinator.plan.CommitVector;
import io.segue.coordinator.plan.ReadAgain;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.coordinator.plan.RestorePlanner;
import io.segue.coordinator.plan.Retention;
import io.segue.coordinator.preflight.Finding;
import io.segue.coordinator.preflight.Finding.Verdict;
import io.segue.coordinator.preflight.Preflight;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobIds;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans, creates and opens restore jobs. Every refusal comes before anything is changed. */
public final class RestoreJobs {
    private final JobStore jobs;
    private final KafkaCluster target;
    private final JobListener listener;
    private final RunLimits limits;

    public RestoreJobs(JobStore jobs, KafkaCluster target, JobListener listener, RunLimits limits) {
        this.jobs = jobs;
        this.target = target;
        this.listener = listener;
        this.limits = limits;
    }

    /** What an order would do to the target as it is now. */
    public RestorePlan.Outcome plan(RestoreOrder order, BackupArchive archive) {
        RestoreSpec spec = order.spec();
        Set<String> wanted = Set.copyOf(RestorePlanner.targetTopics(spec, archive.manifest()));
        Map<String, KafkaCluster.Topic> existing = target.topics(wanted);
        List<TopicPartition> partitions = new ArrayList<>();
        for (KafkaCluster.Topic topic : existing.values()) {
            for (int p = 0; p < topic.partitions(); p++) {
                partitions.add(new TopicPartition(topic.name(), p));
            }
        }
        List<String> refusals = new ArrayList<>(order.contradictions());
        List<TopicPartition> leaderless = new ArrayList<>(partitions);
        leaderless.removeAll(target.leaders(existing.keySet()).keySet());
        if (!leaderless.isEmpty()) {
            refusals.add("these partitions of the target have no leader, so that nothing can be written to them: "
                    + leaderless + "; bring their brokers back, or map to other topics");
        }
        partitions.removeAll(leaderless);
        Map<TopicPartition, LogRange> logs = target.logRanges(partitions);
        refusals.addAll(new EarlierJobs(jobs).refusals(spec.targetClusterId(), wanted, existing));
        RestorePlan.Outcome outcome = RestorePlanner.plan(
                spec,
                archive.manifest(),
                archive.source().orElse(null),
                new RestorePlanner.Target(
                        existing,
                        logs,
                        Retention.Defaults.of(target),
                        limits.time().wallMillis()),
                commits(spec, archive));
        if (outcome instanceof RestorePlan.Outcome.Refused refused) {
            refusals.addAll(refused.reasons());
        }
        List<Finding> findings = new Preflight(target, limits.time().wallMillis()).of(spec, archive.forPreflight());
        refusals.addAll(Finding.lines(findings, Verdict.FAIL));
        if (!refusals.isEmpty()) {
            return new RestorePlan.Outcome.Refused(refusals);
        }
        RestorePlan plan = ((RestorePlan.Outcome.Planned) outcome).plan();
        return new RestorePlan.Outcome.Planned(
                plan.noting(Finding.lines(findings, Verdict.WARN)).noting(order.notes()));
    }

    /** A plan whose groups' records to read again are counted in the archive. */
    public RestorePlan counted(RestorePlan plan, RestoreSpec spec, BackupArchive archive, ReadAgain.Counter counter) {
        return new RestorePlan(
                plan.topics(),
                plan.tasks(),
                ReadAgain.counted(plan.tasks(), commits(spec, archive), counter),
                plan.notes());
    }

    /** What the groups that count had committed, as the backup knows it. */
    private static List<CommitVector> commits(RestoreSpec spec, BackupArchive archive) {
        List<CommitVector> vectors = new ArrayList<>();
        SourceCommits.of(archive.source(), archive.groups())
                .ifPresent(source -> source.groups().forEach((group, commits) -> {
                    if (spec.groups().names().isEmpty() || spec.groups().names().contains(group)) {
                        Map<TopicPartition, Long> offsets = new HashMap<>();
                        commits.commits().forEach((partition, commit) -> offsets.put(partition, commit.offset()));
                        vectors.add(new CommitVector(group, offsets));
                    }
                }));
        return vectors;
    }

    /** Stores a new job; it has changed nothing on the target yet. */
    public String create(RestoreSpec spec, RestorePlan plan) {
        long now = limits.time().wallMillis();
        String id = JobIds.at(JobKind.RESTORE, now);
        if (!create(id, now, spec, plan)) {
            throw new IllegalStateException("there is a job " + id + " already");
        }
        return id;
    }

    /**
     * Stores a new job under a given id.
     *
     * @return false if there is another plan of that id, of which nothing was changed
     */
    public boolean create(String id, long createdAt, RestoreSpec spec, RestorePlan plan) {
        return jobs.writeDocumentOnce(id, RestoreJob.TopicPlans.NAME, new RestoreJob.TopicPlans(1, plan.topics()))
                && jobs.create(new JobFile(id, createdAt, spec), plan.tasks());
    }

    /**
     * Takes a job over, new or interrupted.
     *
     * @param archive as it is now
     * @param process who opens it, for people
     * @throws JobRefusedException if archive or target are not those of the job
     */
    public RestoreJob open(String jobId, BackupArchive archive, String process) {
        JobFile file = found(jobId);
        requireSame(file, archive);
        EventLog<JobEvent> log = jobs.journal(jobId);
        return job(file, archive, JobJournal.open(log, process, limits.time().wallMillis()));
    }

    /**
     * As {@link #open(String, BackupArchive, String)}; the job goes on as commanded.
     *
     * @throws JobRefusedException also if the job cannot take the command
     */
    public RestoreJob open(String jobId, BackupArchive archive, String process, JobCommand command) {
        JobFile file = found(jobId);
        requireSame(file, archive);
        EventLog<JobEvent> log = jobs.journal(jobId);
        Optional<String> refusal = command instanceof JobCommand.Rebuild rebuild
                ? Rebuilds.refusal(jobs.tasks(jobId, RestoreTask.class), rebuild.places())
                : Optional.empty();
        if (refusal.isPresent()) {
            throw new JobRefusedException("job " + jobId + " " + refusal.get());
        }
        return job(file, archive, JobJournal.open(log, process, limits.time().wallMillis(), command));
    }

    private JobFile found(String jobId) {
        return jobs.find(jobId)
                .orElseThrow(() -> new JobRefusedException(
                        "there is no job '" + jobId + "' in " + jobs.describe() + "; jobs there: " + jobs.ids()));
    }

    /**
     * A job that was taken over already.
     *
     * @param archive as it is now
     * @throws JobRefusedException if archive or target are not those of the job
     */
    public RestoreJob open(JobFile file, BackupArchive archive, JobJournal journal) {
        requireSame(file, archive);
        return job(file, archive, journal);
    }

    private RestoreJob job(JobFile file, BackupArchive archive, JobJournal journal) {
        return new RestoreJob(new JobContext(file, archive, journal, jobs, target, listener, limits));
    }

    private void requireSame(JobFile file, BackupArchive archive) {
        String jobId = file.jobId();
        String cluster = target.clusterId();
        if (!file.restore().targetClusterId().equals(cluster)) {
            throw new JobRefusedException("job " + jobId + " writes to cluster "
                    + file.restore().targetClusterId() + ", these bootstrap servers belong to cluster " + cluster);
        }
        if (!file.restore().manifestSha256().equals(archive.manifestSha256())) {
            throw new JobRefusedException(
                    "the manifest of backup '" + file.restore().backupId() + "' has changed since job " + jobId
                            + " began: a resume would mix two archives; start a new restore");
        }
    }
}
