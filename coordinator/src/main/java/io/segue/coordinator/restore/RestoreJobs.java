package io.segue.coordinator.restore;

import io.segue.coordinator.plan.RestorePlan;
import io.segue.coordinator.plan.RestorePlanner;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Plans, creates and opens restore jobs. Every refusal comes before anything is changed. */
public final class RestoreJobs {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final JobStore jobs;
    private final KafkaCluster target;
    private final RestoreListener listener;
    private final RunLimits limits;

    public RestoreJobs(JobStore jobs, KafkaCluster target, RestoreListener listener, RunLimits limits) {
        this.jobs = jobs;
        this.target = target;
        this.listener = listener;
        this.limits = limits;
    }

    /** What a spec would do to the target as it is now. */
    public RestorePlan.Outcome plan(RestoreSpec spec, BackupArchive archive) {
        Map<String, KafkaCluster.Topic> existing = target.topics(RestorePlanner.targetTopics(spec, archive.manifest()));
        List<TopicPartition> partitions = new ArrayList<>();
        for (KafkaCluster.Topic topic : existing.values()) {
            for (int p = 0; p < topic.partitions(); p++) {
                partitions.add(new TopicPartition(topic.name(), p));
            }
        }
        Map<TopicPartition, LogRange> logs = target.logRanges(partitions);
        List<String> earlier = new EarlierJobs(jobs).refusals(spec.targetClusterId(), existing);
        if (!earlier.isEmpty()) {
            return new RestorePlan.Outcome.Refused(earlier);
        }
        return RestorePlanner.plan(
                spec, archive.manifest(), archive.source().orElse(null), new RestorePlanner.Target(existing, logs));
    }

    /** Stores a new job; it has changed nothing on the target yet. */
    public String create(RestoreSpec spec, RestorePlan plan) {
        long now = limits.time().wallMillis();
        String id = "restore-" + STAMP.format(Instant.ofEpochMilli(now)) + "-"
                + String.format("%04x", new Random().nextInt(1 << 16));
        jobs.writeDocument(id, RestoreJob.TopicPlans.NAME, new RestoreJob.TopicPlans(1, plan.topics()));
        jobs.create(new JobFile(id, now, spec), plan.tasks());
        return id;
    }

    /**
     * Takes a job over, new or interrupted.
     *
     * @param archive as it is now
     * @param process who opens it, for people
     * @throws JobRefusedException if archive or target are not those of the job
     */
    public RestoreJob open(String jobId, BackupArchive archive, String process) {
        JobFile file = jobs.find(jobId)
                .orElseThrow(() -> new JobRefusedException(
                        "there is no job '" + jobId + "' in " + jobs.describe() + "; jobs there: " + jobs.ids()));
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
        EventLog<JobEvent> log = jobs.journal(jobId);
        JobJournal journal = JobJournal.open(log, process, limits.time().wallMillis());
        return new RestoreJob(new JobContext(file, archive, journal, jobs, target, listener, limits));
    }
}
