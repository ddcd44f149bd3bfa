package io.segue.cli.restore;

import io.segue.cli.engine.EmbeddedFleet;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.plan.CommitVector;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.coordinator.restore.JobReport;
import io.segue.coordinator.restore.RestoreJobs;
import io.segue.coordinator.restore.RestoreOptions;
import io.segue.coordinator.restore.RestoreOrder;
import io.segue.coordinator.restore.RestoreSpecs;
import io.segue.coordinator.restore.RunLimits;
import io.segue.coordinator.verification.VerificationJobs;
import io.segue.coordinator.verification.VerificationReport;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobIds;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.manifest.BackupReportJson;
import io.segue.protocol.time.Time;
import io.segue.worker.restore.Rehearsal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One restore in this process: plan, create or open the job, run it. */
final class RestoreRun {
    private final JobConfig config;
    private final EmbeddedFleet fleet;
    private final JobListener listener;
    private final RunLimits limits;
    private final RestoreJobs restores;

    /** What a start came to. */
    sealed interface Outcome {
        /** Nothing was changed. */
        record Refused(List<String> reasons) implements Outcome {}

        /** Nothing was to be changed. */
        record Planned(RestorePlan plan) implements Outcome {}

        record Ran(JobReport report) implements Outcome {}
    }

    RestoreRun(JobConfig config, EmbeddedFleet fleet, JobListener listener, BooleanSupplier stopped) {
        this.config = config;
        this.fleet = fleet;
        this.listener = listener;
        this.limits =
                new RunLimits(fleet.workers(), Time.system(), config.restore().maxConcurrentPartitions(), stopped);
        this.restores = new RestoreJobs(fleet.jobs(), fleet.cluster(), listener, limits);
    }

    /**
     * @param mostCounted stored bytes at most that a dry run reads to count what groups read again
     * @param created told of the job's id before anything is changed
     */
    Outcome start(RestoreOptions options, long mostCounted, Consumer<String> created) throws InterruptedException {
        BackupArchive archive = BackupArchive.load(fleet.backup(), config.backupId());
        RestoreOrder order =
                RestoreSpecs.of(config, options, archive, fleet.cluster().clusterId());
        RestorePlan.Outcome outcome = restores.plan(order, archive);
        if (outcome instanceof RestorePlan.Outcome.Refused refused) {
            return new Outcome.Refused(refused.reasons());
        }
        RestorePlan plan = ((RestorePlan.Outcome.Planned) outcome).plan();
        if (options.dryRun() || config.restore().dryRun()) {
            return new Outcome.Planned(plan.bytesToCount() > mostCounted ? plan : counted(plan, order.spec(), archive));
        }
        plan.notes().forEach(listener::said);
        sayWhatTheBackupLacks();
        String jobId = restores.create(order.spec(), plan);
        created.accept(jobId);
        return new Outcome.Ran(restores.open(jobId, archive, process()).run());
    }

    private RestorePlan counted(RestorePlan plan, RestoreSpec spec, BackupArchive archive) {
        Rehearsal rehearsal = new Rehearsal(spec, fleet.segments(), fleet.backup());
        return restores.counted(
                plan,
                spec,
                archive,
                (task, commits) -> rehearsal.readAgain(
                        task, commits.stream().map(CommitVector::offsets).toList()));
    }

    private void sayWhatTheBackupLacks() {
        BackupReportJson.load(fleet.backup(), config.backupId())
                .ifPresent(backup -> backup.failures()
                        .forEach(failure -> listener.said("the backup lacks " + failure.topic() + "/"
                                + failure.partition() + ": " + failure.message())));
    }

    /** Goes on with a job. */
    Outcome resume(String jobId) throws InterruptedException {
        requireOwn(jobId);
        BackupArchive archive = BackupArchive.load(fleet.backup(), config.backupId());
        return new Outcome.Ran(restores.open(jobId, archive, process()).run());
    }

    /**
     * Tries failed tasks again, or rebuilds.
     *
     * @param tasks none: all that failed
     * @param places topics and partitions to be rebuilt; none: nothing
     */
    Outcome retry(String jobId, List<String> tasks, List<String> places) throws InterruptedException {
        requireOwn(jobId);
        BackupArchive archive = BackupArchive.load(fleet.backup(), config.backupId());
        long now = limits.time().wallMillis();
        JobCommand command = places.isEmpty()
                ? new JobCommand.RetryFailed(process(), now, tasks)
                : new JobCommand.Rebuild(process(), now, places);
        return new Outcome.Ran(restores.open(jobId, archive, process(), command).run());
    }

    /** Topics that stay frozen, and why. */
    Map<String, String> thaw(String jobId, boolean force) {
        requireOwn(jobId);
        BackupArchive archive = BackupArchive.load(fleet.backup(), config.backupId());
        return restores.open(jobId, archive, process()).thaw(force);
    }

    /** Compares what a job restored with its archive; empty if it was stopped. */
    Optional<VerificationReport> verify(String restore) throws InterruptedException {
        VerificationJobs verifications =
                new VerificationJobs(fleet.jobs(), fleet.backup(), fleet.cluster(), listener, limits);
        long now = limits.time().wallMillis();
        String jobId = JobIds.at(JobKind.VERIFICATION, now);
        verifications.create(jobId, now, restore);
        return verifications.open(jobId, process()).run();
    }

    /** A job of a fleet has a leader; another one beside it would only get in its way. */
    private void requireOwn(String jobId) {
        if (fleet.jobs().request(jobId).isPresent()) {
            throw new JobRefusedException("job " + jobId + " was submitted to a fleet, which brings it on: point this"
                    + " command at a coordinator of it with --coordinator URL or KAFKA_BACKUP_COORDINATOR");
        }
    }

    private static String process() {
        return "pid " + ProcessHandle.current().pid();
    }
}
