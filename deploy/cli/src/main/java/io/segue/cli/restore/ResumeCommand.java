package io.segue.cli.restore;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.backup.BackupSession;
import io.segue.cli.client.FleetJobs;
import io.segue.cli.client.Fleets;
import io.segue.cli.config.ConfigFile;
import io.segue.cli.jobs.JobOption;
import io.segue.protocol.config.JobConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code resume}: goes on with a job that was interrupted, crashed, or failed in part. */
@Command(
        description = "Goes on with a backup or a restore where it stopped, on this or another machine; what is done is"
                + " not done again.")
public final class ResumeCommand implements Subcommand {
    private final Console console;
    private final Fleets fleets;

    @Mixin
    private JobOption job = new JobOption();

    public ResumeCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode run() {
        Optional<FleetJobs> named = fleets.named();
        if (named.isPresent()) {
            return named.get().commandAndFollow(job.jobId(), "resume", Map.of(), FleetJobs.Ended.NOTHING);
        }
        Optional<Path> file = job.file(console);
        if (file.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<JobConfig> known = ConfigFile.load(file.get(), console);
        if (known.isEmpty()) {
            return ExitCode.USAGE;
        }
        if (known.get().mode() == JobConfig.Mode.BACKUP) {
            return new BackupSession(known.get(), console).resume(job.jobId());
        }
        RestoreSession session = new RestoreSession(console);
        return session.with(file.get(), known.get(), (config, fleet, run) -> session.report(run.resume(job.jobId())));
    }
}
