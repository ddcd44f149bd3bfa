package io.segue.coordinator.backup;

import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobMeans;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.jobs.KindOfJob;
import io.segue.coordinator.jobs.RunnableJob;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.yaml.Problem;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobState;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.store.ObjectStore;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Backups in a fleet. */
public final class BackupKind implements KindOfJob {
    private final JobMeans means;

    public BackupKind(JobMeans means) {
        this.means = means;
    }

    @Override
    public JobKind kind() {
        return JobKind.BACKUP;
    }

    @Override
    public Planning plan(JobRequest request, JobListener listener) {
        ConfigResult result = means.config(request);
        if (result instanceof ConfigResult.Refused refused) {
            return new Planning.Refused(
                    refused.errors().stream().map(Problem::toString).toList());
        }
        JobConfig config = ((ConfigResult.Loaded) result).config();
        if (config.mode() != JobConfig.Mode.BACKUP || config.source().isEmpty()) {
            return new Planning.Refused(List.of("a backup wants mode: backup and a source"));
        }
        JobConfig.Cluster source = config.source().get();
        try (ObjectStore storage = means.stores().apply(config.storage());
                KafkaCluster cluster = means.clusters().apply(source.connection())) {
            BackupJobs backups = new BackupJobs(means.jobs(), storage, cluster, listener, limits(() -> false));
            BackupPlan.Outcome outcome = backups.plan(config.backupId(), source.topics(), config.backup());
            if (outcome instanceof BackupPlan.Outcome.Refused refused) {
                return new Planning.Refused(List.of(refused.reason()));
            }
            backups.create(request.jobId(), ((BackupPlan.Outcome.Planned) outcome).plan());
            return new Planning.Planned();
        }
    }

    @Override
    public RunnableJob open(
            JobJournal journal, JobFile file, JobRequest request, JobListener listener, BooleanSupplier stopped) {
        if (!(means.config(request) instanceof ConfigResult.Loaded loaded)
                || loaded.config().source().isEmpty()) {
            throw new JobRefusedException("the configuration of job " + file.jobId()
                    + " cannot be used here any more; is this process's environment that of the one that planned it?");
        }
        ObjectStore storage = means.stores().apply(loaded.config().storage());
        KafkaCluster cluster =
                means.clusters().apply(loaded.config().source().get().connection());
        return new Running(
                storage,
                cluster,
                new BackupJobs(means.jobs(), storage, cluster, listener, limits(stopped)),
                file,
                journal);
    }

    private RunLimits limits(BooleanSupplier stopped) {
        return new RunLimits(means.workers(), means.time(), means.tasksAtATime(), stopped);
    }

    private record Running(
            ObjectStore storage, KafkaCluster source, BackupJobs backups, JobFile file, JobJournal journal)
            implements RunnableJob {
        @Override
        public JobState run() throws InterruptedException {
            return backups.open(file, journal).run().state();
        }

        @Override
        public void close() {
            source.close();
            storage.close();
        }
    }
}
