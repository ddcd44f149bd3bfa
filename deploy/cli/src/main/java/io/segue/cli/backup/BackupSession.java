package io.segue.cli.backup;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.engine.EmbeddedFleet;
import io.segue.cli.engine.Spool;
import io.segue.cli.engine.StopOnSignal;
import io.segue.cli.jobs.ShownJob;
import io.segue.cli.progress.ProgressReporter;
import io.segue.coordinator.backup.BackupJobs;
import io.segue.coordinator.backup.BackupPlan;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.job.JobIds;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import java.util.function.Consumer;

/** Backups in this process: plan, create or open the job, run it to its end or to a stop by a signal. */
public final class BackupSession {
    private final JobConfig config;
    private final Console console;

    /** @param config of mode backup, with a source */
    public BackupSession(JobConfig config, Console console) {
        this.config = config;
        this.console = console;
    }

    /** What is done once everything stands. */
    private interface Work {
        BackupOutcome run(BackupJobs backups) throws InterruptedException;
    }

    /** @param created told of the job's id before anything of the backup is written */
    public ExitCode start(Consumer<String> created) {
        return with(backups -> {
            BackupPlan.Outcome outcome = plan(backups);
            if (outcome instanceof BackupPlan.Outcome.Refused refused) {
                return new BackupOutcome.Refused(refused.reason());
            }
            String jobId = JobIds.at(JobKind.BACKUP, Time.system().wallMillis());
            backups.create(jobId, ((BackupPlan.Outcome.Planned) outcome).plan());
            created.accept(jobId);
            return run(backups, jobId);
        });
    }

    /** Asks the source what would be read, and writes nothing. */
    public ExitCode preview() {
        return with(backups -> {
            BackupPlan.Outcome outcome = plan(backups);
            return outcome instanceof BackupPlan.Outcome.Refused refused
                    ? new BackupOutcome.Refused(refused.reason())
                    : new BackupOutcome.Shown(((BackupPlan.Outcome.Planned) outcome).plan());
        });
    }

    private BackupPlan.Outcome plan(BackupJobs backups) {
        return backups.plan(config.backupId(), config.source().orElseThrow().topics(), config.backup());
    }

    /** Goes on with a job. */
    public ExitCode resume(String jobId) {
        return with(backups -> run(backups, jobId));
    }

    private static BackupOutcome run(BackupJobs backups, String jobId) throws InterruptedException {
        return new BackupOutcome.Ran(
                backups.open(jobId, "pid " + ProcessHandle.current().pid()).run());
    }

    private ExitCode with(Work work) {
        StopOnSignal stop = StopOnSignal.install(ExitCode.INTERRUPTED.code());
        ExitCode code = ExitCode.FAILED;
        try (Spool spool = Spool.below(console.temporary());
                EmbeddedFleet fleet = EmbeddedFleet.of(config, new Stores(console.environment()), spool, step -> {})) {
            BackupOutcome outcome;
            try (ProgressReporter progress = console.progress()) {
                outcome = work.run(new BackupJobs(
                        fleet.jobs(),
                        fleet.backup(),
                        fleet.cluster(),
                        new ShownJob(progress, "backing up"),
                        new RunLimits(
                                fleet.workers(), Time.system(), config.backup().maxConcurrentPartitions(), stop)));
            }
            BackupOutcomeText text =
                    new BackupOutcomeText(config.backupId(), fleet.backup().describe(), outcome);
            console.resultOf(text.json(), text::text);
            code = text.exitCode();
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = ExitCode.INTERRUPTED;
            return code;
        } finally {
            stop.ended(code.code());
        }
    }
}
