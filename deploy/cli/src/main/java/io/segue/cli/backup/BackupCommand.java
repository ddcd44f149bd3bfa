package io.segue.cli.backup;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.config.ConfigFile;
import io.segue.cli.jobs.LocalJobs;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.JobConfig.Mode;
import java.nio.file.Path;
import java.util.Optional;
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

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration file, with mode: backup.")
    private Path file = Path.of("");

    public BackupCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        Optional<JobConfig> config = ConfigFile.load(file, console);
        if (config.isEmpty()) {
            return ExitCode.USAGE;
        }
        if (config.get().mode() != Mode.BACKUP || config.get().source().isEmpty()) {
            console.note("Error: " + file + " is not for a backup; write mode: backup and a source");
            return ExitCode.USAGE;
        }
        return new BackupSession(config.get(), console).start(this::created);
    }

    private void created(String jobId) {
        console.note("Job " + jobId + ": if this process dies, 'kafka-backup resume " + jobId + "' goes on");
        new LocalJobs(console.environment()).remember(jobId, file).ifPresent(console::note);
    }
}
