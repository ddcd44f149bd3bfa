package io.segue.cli.archive;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.engine.EmbeddedFleet;
import io.segue.cli.engine.Spool;
import io.segue.cli.engine.StopOnSignal;
import io.segue.cli.jobs.ShownJob;
import io.segue.cli.progress.Progress;
import io.segue.cli.progress.ProgressReporter;
import io.segue.coordinator.check.CheckJobs;
import io.segue.coordinator.check.ValidationReport;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.job.JobIds;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.segue.worker.jobs.JobAccess;
import java.util.Optional;

/**
 * Reads a whole backup in this process, as a job whose state goes when it ends: nothing is written beside the backup, which
 * may be kept where nobody may write.
 */
final class DeepValidation {
    private static final String WORD = "validating";
    private static final int AT_A_TIME = 4;

    private final Console console;
    private final StorageConfig storage;

    DeepValidation(Console console, StorageConfig storage) {
        this.console = console;
        this.storage = storage;
    }

    /** Empty if it was stopped by a signal. */
    Optional<ValidationReport> run(String backupId, Manifest manifest) {
        StopOnSignal stop = StopOnSignal.install(ExitCode.INTERRUPTED.code());
        ExitCode code = ExitCode.FAILED;
        try (Spool spool = Spool.below(console.temporary());
                EmbeddedFleet fleet = fleet(spool);
                ProgressReporter progress = console.progress()) {
            Optional<ValidationReport> report = run(backupId, manifest, fleet, progress, stop);
            code = report.map(ValidationReports::exitCode).orElse(ExitCode.INTERRUPTED);
            return report;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            stop.ended(code.code());
        }
    }

    private EmbeddedFleet fleet(Spool spool) {
        return EmbeddedFleet.unkept(
                new JobAccess(Optional.of(storage), Optional.empty(), Optional.empty()),
                AT_A_TIME,
                new Stores(console.environment()),
                spool);
    }

    private static Optional<ValidationReport> run(
            String backupId, Manifest manifest, EmbeddedFleet fleet, ProgressReporter progress, StopOnSignal stop)
            throws InterruptedException {
        CheckJobs checks = new CheckJobs(
                fleet.jobs(),
                fleet.backup(),
                new ShownJob(progress, WORD),
                new RunLimits(fleet.workers(), Time.system(), AT_A_TIME, stop));
        long now = Time.system().wallMillis();
        String jobId = JobIds.at(JobKind.VALIDATION, now);
        checks.create(jobId, now, backupId, manifest);
        Optional<ValidationReport> report =
                checks.open(jobId, "pid " + ProcessHandle.current().pid()).run();
        // what the last tasks did may not have been heard of before the job ended
        long bytes = BackupSummary.of(manifest).bytes();
        report.ifPresent(found -> progress.show(new Progress(WORD, found.recordsRead(), 0, bytes, bytes)));
        return report;
    }
}
