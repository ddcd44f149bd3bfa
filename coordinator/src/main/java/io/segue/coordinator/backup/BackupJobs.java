package io.segue.coordinator.backup;

import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.preflight.Finding;
import io.segue.coordinator.preflight.SourcePreflight;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.config.BackupConfig;
import io.segue.protocol.config.TopicFilter;
import io.segue.protocol.job.BackupSpec;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.store.ObjectStore;
import java.util.List;
import java.util.Optional;

/** Plans, creates and opens backup jobs. */
public final class BackupJobs {
    private final JobStore jobs;
    private final ObjectStore storage;
    private final KafkaCluster source;
    private final JobListener listener;
    private final RunLimits limits;

    /** @param storage of the backup */
    public BackupJobs(JobStore jobs, ObjectStore storage, KafkaCluster source, JobListener listener, RunLimits limits) {
        this.jobs = jobs;
        this.storage = storage;
        this.source = source;
        this.listener = listener;
        this.limits = limits;
    }

    /**
     * What a backup would take of the source as it is now; writes nothing.
     *
     * @throws io.segue.protocol.kafka.KafkaFailure if the source cannot be asked
     */
    public BackupPlan.Outcome plan(String backupId, TopicFilter filter, BackupConfig config) {
        if (storage.size(Manifest.key(backupId)).isPresent()) {
            return new BackupPlan.Outcome.Refused(storage.describe() + " already has a backup " + backupId + " ("
                    + Manifest.key(backupId) + "); choose another backup_id");
        }
        Optional<String> other = new BackupClaim(storage, backupId).holder();
        if (other.isPresent()) {
            return new BackupPlan.Outcome.Refused("job " + other.get() + " has begun the backup " + backupId
                    + ": go on with it by 'resume " + other.get() + "', or choose another backup_id");
        }
        BackupTopics selection = BackupTopics.of(source.topics().values(), filter, config);
        if (!selection.missing().isEmpty()) {
            return new BackupPlan.Outcome.Refused("source.topics.include names topics that the source does not have: "
                    + String.join(", ", selection.missing()) + "; correct the names or remove them");
        }
        if (selection.topics().isEmpty()) {
            return new BackupPlan.Outcome.Refused(
                    "no topic of the source matches source.topics; check include and exclude");
        }
        List<String> lacking = Finding.lines(
                new SourcePreflight(source)
                        .of(selection.topics().stream()
                                .map(KafkaCluster.Topic::name)
                                .toList()),
                Finding.Verdict.FAIL);
        if (!lacking.isEmpty()) {
            return new BackupPlan.Outcome.Refused(String.join("; ", lacking));
        }
        Capture capture =
                new SourceCapture(source, limits.time()).take(selection.topics(), config.consumerGroupSnapshot());
        return new BackupPlan.Outcome.Planned(
                new BackupPlan(spec(backupId, config, capture.source().clusterId()), capture, capture.tasks()));
    }

    private static BackupSpec spec(String backupId, BackupConfig config, String clusterId) {
        return new BackupSpec(
                backupId,
                clusterId,
                new BackupSpec.Segments(
                        config.segmentMaxBytes(),
                        config.segmentMaxRecords().orElse(null),
                        config.compression(),
                        config.compressionLevel(),
                        config.includeOffsetHeaders() ? config.sourceClusterId().orElse(clusterId) : null),
                config.consumerGroupSnapshot());
    }

    /**
     * Stores a new job; nothing of the backup is written yet. Where an earlier call died half-way, what that one captured
     * stands.
     */
    public void create(String jobId, BackupPlan plan) {
        Capture capture = jobs.writeDocumentOnce(jobId, Capture.NAME, plan.capture())
                ? plan.capture()
                : jobs.readDocument(jobId, Capture.NAME, Capture.class).orElseThrow();
        if (!jobs.create(new JobFile(jobId, capture.source().takenAt(), plan.spec()), capture.tasks())) {
            throw new IllegalStateException("there is another job " + jobId);
        }
    }

    /**
     * Takes a job over, new or interrupted.
     *
     * @param process who opens it, for people
     * @throws JobRefusedException if there is no such job, or the source is not the job's
     */
    public BackupJob open(String jobId, String process) {
        JobFile file = jobs.find(jobId)
                .orElseThrow(() -> new JobRefusedException(
                        "there is no job '" + jobId + "' in " + jobs.describe() + "; jobs there: " + jobs.ids()));
        requireSource(file);
        return job(
                file,
                JobJournal.open(jobs.journal(jobId), process, limits.time().wallMillis()));
    }

    /**
     * A job that was taken over already.
     *
     * @throws JobRefusedException if the source is not the job's
     */
    public BackupJob open(JobFile file, JobJournal journal) {
        requireSource(file);
        return job(file, journal);
    }

    private BackupJob job(JobFile file, JobJournal journal) {
        return new BackupJob(file, jobs, storage, journal, listener, limits);
    }

    private void requireSource(JobFile file) {
        BackupSpec spec = file.as(BackupSpec.class);
        String cluster = source.clusterId();
        if (!spec.sourceClusterId().equals(cluster)) {
            throw new JobRefusedException("job " + file.jobId() + " backs up cluster " + spec.sourceClusterId()
                    + ", these bootstrap servers belong to cluster " + cluster);
        }
    }
}
