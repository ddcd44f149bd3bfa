package io.segue.coordinator.check;

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
import io.segue.protocol.manifest.InvalidDocumentException;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Validations in a fleet: of the backup that a configuration of any mode but {@code scan} names. */
public final class CheckKind implements KindOfJob {
    private final JobMeans means;

    public CheckKind(JobMeans means) {
        this.means = means;
    }

    @Override
    public JobKind kind() {
        return JobKind.VALIDATION;
    }

    @Override
    public Planning plan(JobRequest request, JobListener listener) {
        ConfigResult result = means.config(request);
        if (result instanceof ConfigResult.Refused refused) {
            return new Planning.Refused(
                    refused.errors().stream().map(Problem::toString).toList());
        }
        JobConfig config = ((ConfigResult.Loaded) result).config();
        if (config.archive().isEmpty()) {
            return new Planning.Refused(
                    List.of("a validation wants mode: validate, a backup_id and a storage section"));
        }
        try (ObjectStore storage = means.stores().apply(config.storage())) {
            checks(storage, listener, () -> false)
                    .create(
                            request.jobId(),
                            request.submittedAt(),
                            config.backupId(),
                            ManifestJson.load(storage, config.backupId()));
            return new Planning.Planned();
        } catch (InvalidDocumentException
                | StoreException.NotFound
                | StoreException.TooLarge
                | StoreException.BadKey e) {
            return new Planning.Refused(List.of(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public RunnableJob open(
            JobJournal journal, JobFile file, JobRequest request, JobListener listener, BooleanSupplier stopped) {
        if (!(means.config(request) instanceof ConfigResult.Loaded loaded)) {
            throw new JobRefusedException("the configuration of job " + file.jobId()
                    + " cannot be used here any more; is this process's environment that of the one that planned it?");
        }
        ObjectStore storage = means.stores().apply(loaded.config().storage());
        return new Running(storage, checks(storage, listener, stopped), file, journal);
    }

    private CheckJobs checks(ObjectStore storage, JobListener listener, BooleanSupplier stopped) {
        return new CheckJobs(
                means.jobs(),
                storage,
                listener,
                new RunLimits(means.workers(), means.time(), means.tasksAtATime(), stopped));
    }

    private record Running(ObjectStore storage, CheckJobs checks, JobFile file, JobJournal journal)
            implements RunnableJob {
        @Override
        public JobState run() throws InterruptedException {
            return checks.open(file, journal).run().map(ValidationReport::state).orElse(JobState.INTERRUPTED);
        }

        @Override
        public void close() {
            storage.close();
        }
    }
}
