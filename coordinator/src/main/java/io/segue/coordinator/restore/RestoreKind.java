package io.segue.coordinator.restore;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobMeans;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.jobs.KindOfJob;
import io.segue.coordinator.jobs.RunnableJob;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.yaml.Problem;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.RehearsalSpec;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.manifest.InvalidDocumentException;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Restores in a fleet. */
public final class RestoreKind implements KindOfJob {
    private static final ObjectMapper JSON = JobJson.mapper();

    private final JobMeans means;

    public RestoreKind(JobMeans means) {
        this.means = means;
    }

    @Override
    public JobKind kind() {
        return JobKind.RESTORE;
    }

    @Override
    public Planning plan(JobRequest request, JobListener listener) {
        ConfigResult result = means.config(request);
        if (result instanceof ConfigResult.Refused refused) {
            return new Planning.Refused(
                    refused.errors().stream().map(Problem::toString).toList());
        }
        JobConfig config = ((ConfigResult.Loaded) result).config();
        if (config.mode() != JobConfig.Mode.RESTORE || config.target().isEmpty()) {
            return new Planning.Refused(List.of("a restore wants mode: restore and a target section"));
        }
        try (ObjectStore backup = means.stores().apply(config.storage());
                KafkaCluster target =
                        means.clusters().apply(config.target().get().connection())) {
            return plan(request, config, backup, target, listener);
        } catch (InvalidDocumentException | StoreException.NotFound e) {
            return new Planning.Refused(List.of(String.valueOf(e.getMessage())));
        }
    }

    private Planning plan(
            JobRequest request, JobConfig config, ObjectStore backup, KafkaCluster target, JobListener listener) {
        BackupArchive archive = BackupArchive.load(backup, config.backupId());
        RestoreOptions options = RestoreOptions.of(request.options());
        RestoreOrder order = RestoreSpecs.of(config, options, archive, target.clusterId());
        RestoreJobs restores = restores(target, listener, () -> false);
        RestorePlan.Outcome outcome = restores.plan(order, archive);
        if (outcome instanceof RestorePlan.Outcome.Refused refused) {
            return new Planning.Refused(refused.reasons());
        }
        RestorePlan plan = ((RestorePlan.Outcome.Planned) outcome).plan();
        if (config.restore().dryRun() || options.dryRun()) {
            return options.counts(plan)
                    ? stored(
                            request,
                            RehearsalJob.create(
                                    means.jobs(),
                                    request.jobId(),
                                    request.submittedAt(),
                                    new RehearsalSpec(order.spec()),
                                    plan,
                                    archive))
                    : new Planning.Answered(JSON.valueToTree(plan));
        }
        plan.notes().forEach(listener::said);
        return stored(request, restores.create(request.jobId(), request.submittedAt(), order.spec(), plan));
    }

    private static Planning stored(JobRequest request, boolean done) {
        return done
                ? new Planning.Planned()
                : new Planning.Refused(List.of("another coordinator planned job " + request.jobId()
                        + " before, and the target or the backup has changed since: submit it again"));
    }

    @Override
    public RunnableJob open(
            JobJournal journal, JobFile file, JobRequest request, JobListener listener, BooleanSupplier stopped) {
        if (!(means.config(request) instanceof ConfigResult.Loaded loaded)
                || loaded.config().target().isEmpty()) {
            throw new JobRefusedException("the configuration of job " + file.jobId()
                    + " cannot be used here any more; is this process's environment that of the one that planned it?");
        }
        JobConfig config = loaded.config();
        if (file.spec() instanceof RehearsalSpec) {
            return rehearsal(journal, file, config, listener, stopped);
        }
        KafkaCluster target =
                means.clusters().apply(config.target().orElseThrow().connection());
        try (ObjectStore backup = means.stores().apply(config.storage())) {
            BackupArchive archive = BackupArchive.load(backup, config.backupId());
            return new Running(target, restores(target, listener, stopped).open(file, archive, journal));
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
    }

    private RunnableJob rehearsal(
            JobJournal journal, JobFile file, JobConfig config, JobListener listener, BooleanSupplier stopped) {
        try (ObjectStore backup = means.stores().apply(config.storage())) {
            BackupArchive archive = BackupArchive.load(backup, config.backupId());
            return new Rehearsing(new RehearsalJob(file, archive, journal, means.jobs(), listener, limits(stopped)));
        }
    }

    private RunLimits limits(BooleanSupplier stopped) {
        return new RunLimits(means.workers(), means.time(), means.tasksAtATime(), stopped);
    }

    private RestoreJobs restores(KafkaCluster target, JobListener listener, BooleanSupplier stopped) {
        return new RestoreJobs(means.jobs(), target, listener, limits(stopped));
    }

    private record Rehearsing(RehearsalJob job) implements RunnableJob {
        @Override
        public JobState run() throws InterruptedException {
            return job.run();
        }

        @Override
        public void close() {}
    }

    private record Running(KafkaCluster target, RestoreJob job) implements RunnableJob {
        @Override
        public JobState run() throws InterruptedException {
            return job.run().state();
        }

        @Override
        public void thaw(boolean force) {
            job.thaw(force);
        }

        @Override
        public void close() {
            target.close();
        }
    }
}
