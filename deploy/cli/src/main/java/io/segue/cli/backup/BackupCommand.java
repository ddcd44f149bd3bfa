package io.segue.cli.backup;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.client.FleetJobs;
import io.segue.cli.client.Fleets;
import io.segue.cli.config.ConfigFile;
import io.segue.cli.jobs.LocalJobs;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.JobConfig.Mode;
import io.segue.protocol.job.JobKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backup}: one backup of the source, up to what is committed when it starts. */
@Command(
        name = "backup",
        description = {
            "Backs up topics of the source cluster, from their first record to the last that is committed now, and the"
                    + " offsets that its consumer groups have committed.",
            "Interrupted or crashed, it goes on with 'kafka-backup resume JOB'."
        })
public final class BackupCommand implements Subcommand {
    private final Console console;
    private final Fleets fleets;

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration file, with mode: backup.")
    private Path file = Path.of("");

    @Option(
            names = "--dry-run",
            description =
                    "Ask the source, show what would be backed up or why not, and write nothing. Looks from here, not"
                            + " from a fleet.")
    private boolean dryRun;

    public BackupCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode run() {
        Optional<FleetJobs> fleet = dryRun ? Optional.empty() : fleets.named();
        if (fleet.isPresent()) {
            return backUp(fleet.get());
        }
        Optional<JobConfig> config = ConfigFile.load(file, console);
        if (config.isEmpty() || !isForBackup(config.get())) {
            return ExitCode.USAGE;
        }
        BackupSession session = new BackupSession(config.get(), console);
        return dryRun ? session.preview() : session.start(this::created);
    }

    private void created(String jobId) {
        console.note("Job " + jobId + ": if this process dies, 'kafka-backup resume " + jobId + "' goes on");
        new LocalJobs(console.environment())
                .remember(new LocalJobs.Entry(jobId, file, "", Set.of()))
                .ifPresent(console::note);
    }

    private ExitCode backUp(FleetJobs fleet) {
        Optional<ConfigFile.Submission> submission = ConfigFile.loadForFleet(file, console);
        if (submission.isEmpty()
                || !submission.get().config().map(this::isForBackup).orElse(true)) {
            return ExitCode.USAGE;
        }
        return fleet.run(JobKind.BACKUP, submission.get().text(), Map.of(), FleetJobs.Ended.NOTHING);
    }

    private boolean isForBackup(JobConfig config) {
        if (config.mode() == Mode.BACKUP && config.source().isPresent()) {
            return true;
        }
        console.note("Error: " + file + " is not for a backup; write mode: backup and a source");
        return false;
    }
}
