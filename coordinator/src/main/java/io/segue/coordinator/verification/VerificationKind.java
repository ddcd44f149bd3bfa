package io.segue.coordinator.verification;

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
import io.segue.protocol.manifest.InvalidDocumentException;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Verifications in a fleet: of the restore that the option {@code job} names, with the restore's configuration. */
public final class VerificationKind implements KindOfJob {
    private final JobMeans means;

    public VerificationKind(JobMeans means) {
        this.means = means;
    }

    @Override
    public JobKind kind() {
        return JobKind.VERIFICATION;
    }

    @Override
    public Planning plan(JobRequest request, JobListener listener) {
        ConfigResult result = means.config(request);
        if (result instanceof ConfigResult.Refused refused) {
            return new Planning.Refused(
                    refused.errors().stream().map(Problem::toString).toList());
        }
        JobConfig config = ((ConfigResult.Loaded) result).config();
        if (config.target().isEmpty()) {
            return new Planning.Refused(List.of("a verification wants the configuration of a restore"));
        }
        try (Opened opened = opened(config, listener, () -> false)) {
            opened.jobs()
                    .create(
                            request.jobId(),
                            request.submittedAt(),
                            request.options().getOrDefault("job", ""));
            return new Planning.Planned();
        } catch (InvalidDocumentException | StoreException.NotFound | JobRefusedException e) {
            return new Planning.Refused(List.of(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public RunnableJob open(
            JobJournal journal, JobFile file, JobRequest request, JobListener listener, BooleanSupplier stopped) {
        if (!(means.config(request) instanceof ConfigResult.Loaded loaded)
                || loaded.config().target().isEmpty()) {
            throw new JobRefusedException("the configuration of job " + file.jobId()
                    + " cannot be used here any more; is this process's environment that of the one that planned it?");
        }
        return new Running(opened(loaded.config(), listener, stopped), file, journal);
    }

    private Opened opened(JobConfig config, JobListener listener, BooleanSupplier stopped) {
        ObjectStore backups = means.stores().apply(config.storage());
        try {
            KafkaCluster target =
                    means.clusters().apply(config.target().orElseThrow().connection());
            RunLimits limits = new RunLimits(means.workers(), means.time(), means.tasksAtATime(), stopped);
            return new Opened(backups, target, new VerificationJobs(means.jobs(), backups, target, listener, limits));
        } catch (RuntimeException e) {
            backups.close();
            throw e;
        }
    }

    /** With the connections that they need. */
    private record Opened(ObjectStore backups, KafkaCluster target, VerificationJobs jobs) implements AutoCloseable {
        @Override
        public void close() {
            target.close();
            backups.close();
        }
    }

    private record Running(Opened opened, JobFile file, JobJournal journal) implements RunnableJob {
        @Override
        public JobState run() throws InterruptedException {
            return opened.jobs()
                    .open(file, journal)
                    .run()
                    .map(VerificationReport::state)
                    .orElse(JobState.INTERRUPTED);
        }

        @Override
        public void close() {
            opened.close();
        }
    }
}
