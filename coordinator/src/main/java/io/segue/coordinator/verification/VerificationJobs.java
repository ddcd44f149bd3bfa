package io.segue.coordinator.verification;

import io.segue.coordinator.audit.PartitionAudit;
import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.jobs.JobHistory;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.coordinator.restore.RestoreAudit;
import io.segue.coordinator.restore.RunLimits;
import io.segue.coordinator.topics.LostTopics;
import io.segue.protocol.job.Defect;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.VerificationSpec;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.store.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans, creates and opens verification jobs. They read archive and target and change nothing on either. */
public final class VerificationJobs {
    private final JobStore jobs;
    private final ObjectStore backups;
    private final KafkaCluster target;
    private final JobListener listener;
    private final RunLimits limits;

    /** {@code scope.json}: the audit that the verification began with. */
    record Scope(int version, List<Verdict> partitions) {
        static final String NAME = "scope.json";
    }

    /** @param backups holds the backup that was restored */
    public VerificationJobs(
            JobStore jobs, ObjectStore backups, KafkaCluster target, JobListener listener, RunLimits limits) {
        this.jobs = jobs;
        this.backups = backups;
        this.target = target;
        this.listener = listener;
        this.limits = limits;
    }

    /**
     * Stores a new job.
     *
     * @param createdAt epoch milliseconds
     * @param restore id of the restore that is verified
     * @throws JobRefusedException if there is no such restore, it has proven nothing yet, or archive or cluster are not its own
     */
    public void create(String jobId, long createdAt, String restore) {
        RestoreSpec spec = restoreOf(restore);
        List<Verdict> audit = RestoreAudit.read(jobs, restore)
                .orElseThrow(() -> new JobRefusedException("job " + restore + " has not come to its audit yet: 'resume "
                        + restore + "', or wait until it has ended"))
                .partitions();
        VerificationSpec wanted =
                new VerificationSpec(restore, spec.backupId(), spec.manifestSha256(), spec.targetClusterId());
        requireSame(wanted);
        Scope now = new Scope(1, withLostTopics(restore, audit));
        Scope scope = jobs.writeDocumentOnce(jobId, Scope.NAME, now)
                ? now
                : jobs.readDocument(jobId, Scope.NAME, Scope.class).orElseThrow();
        List<TopicPartition> proven = scope.partitions().stream()
                .filter(Verdict::proven)
                .map(Verdict::target)
                .toList();
        if (!jobs.create(
                new JobFile(jobId, createdAt, wanted),
                VerificationPlan.tasks(jobs.tasks(restore, RestoreTask.class), scope.partitions(), logs(proven)))) {
            throw new IllegalStateException("there is another job " + jobId);
        }
    }

    private RestoreSpec restoreOf(String restore) {
        JobFile file = find(restore);
        if (!(file.spec() instanceof RestoreSpec spec)) {
            throw new JobRefusedException(
                    "job " + restore + " is a " + file.kind().word() + ", not a restore");
        }
        return spec;
    }

    private JobFile find(String jobId) {
        return jobs.find(jobId)
                .orElseThrow(() -> new JobRefusedException(
                        "there is no job '" + jobId + "' in " + jobs.describe() + "; jobs there: " + jobs.ids()));
    }

    /** A topic that was made again holds nothing of the restore's, whatever its audit said. */
    private List<Verdict> withLostTopics(String restore, List<Verdict> audit) {
        Map<String, String> lost = LostTopics.of(
                target, JobHistory.of(jobs.journal(restore).events()).ready().values());
        Map<TopicPartition, RestoreTask> tasks = jobs.tasks(restore, RestoreTask.class).stream()
                .collect(Collectors.toMap(RestoreTask::target, task -> task));
        return audit.stream()
                .map(verdict -> {
                    String gone = lost.get(verdict.target().topic());
                    RestoreTask task = tasks.get(verdict.target());
                    return gone == null || task == null || !verdict.proven()
                            ? verdict
                            : PartitionAudit.unproven(task, verdict.base(), verdict.base(), gone, Defect.topicLost());
                })
                .toList();
    }

    /** A partition without a leader cannot be asked, and need not keep the others from being read. */
    private Map<TopicPartition, LogRange> logs(List<TopicPartition> partitions) {
        Set<TopicPartition> led = target.leaders(
                        partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()))
                .keySet();
        return target.logRanges(partitions.stream().filter(led::contains).toList());
    }

    /**
     * Takes a job over, new or interrupted.
     *
     * @param process who opens it, for people
     * @throws JobRefusedException if there is no such job, or archive or cluster are not those of the restore
     */
    public VerificationJob open(String jobId, String process) {
        JobFile file = find(jobId);
        requireSame(file.as(VerificationSpec.class));
        return job(
                file,
                JobJournal.open(jobs.journal(jobId), process, limits.time().wallMillis()));
    }

    /**
     * A job that was taken over already.
     *
     * @throws JobRefusedException if archive or cluster are not those of the restore
     */
    public VerificationJob open(JobFile file, JobJournal journal) {
        requireSame(file.as(VerificationSpec.class));
        return job(file, journal);
    }

    private VerificationJob job(JobFile file, JobJournal journal) {
        return new VerificationJob(file, jobs, journal, listener, limits);
    }

    private void requireSame(VerificationSpec spec) {
        String cluster = target.clusterId();
        if (!spec.targetClusterId().equals(cluster)) {
            throw new JobRefusedException("job " + spec.restore() + " wrote to cluster " + spec.targetClusterId()
                    + ", these bootstrap servers belong to cluster " + cluster);
        }
        if (!spec.manifestSha256().equals(BackupArchive.sha256(ManifestJson.load(backups, spec.backupId())))) {
            throw new JobRefusedException("the manifest of backup '" + spec.backupId() + "' has changed since job "
                    + spec.restore() + " began: what it restored cannot be compared with it");
        }
    }
}
