package io.segue.cli.backup;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.client.FleetJobs;
import io.segue.cli.client.Fleets;
import io.segue.cli.config.ConfigFile;
import io.segue.cli.engine.StopOnSignal;
import io.segue.cli.progress.ProgressReporter;
import io.segue.coordinator.backup.BackupResult;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.JobConfig.Mode;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.store.Stores;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backup}: one backup of the source, up to what is committed when it starts. */
@Command(
        name = "backup",
        description = "Backs up topics of the source cluster, from their first record to the last that is committed"
                + " now, and the offsets that its consumer groups have committed.")
public final class BackupCommand implements Subcommand {
    private final Console console;
    private final Fleets fleets;

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration file, with mode: backup.")
    private Path file = Path.of("");

    public BackupCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode run() {
        Optional<FleetJobs> fleet = fleets.named();
        if (fleet.isPresent()) {
            return backUp(fleet.get());
        }
        Optional<JobConfig> config = ConfigFile.load(file, console);
        if (config.isEmpty() || !isForBackup(config.get())) {
            return ExitCode.USAGE;
        }
        StopOnSignal stop = StopOnSignal.install(ExitCode.INTERRUPTED.code());
        ExitCode code = ExitCode.FAILED;
        try {
            code = backUp(config.get(), config.get().source().orElseThrow(), stop);
            return code;
        } finally {
            stop.ended(code.code());
        }
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

    private ExitCode backUp(JobConfig config, JobConfig.Cluster source, StopOnSignal stop) {
        try (BackupEngine engine =
                new BackupEngine(config, source, new Stores(console.environment()), console.temporary())) {
            BackupResult result;
            try (ProgressReporter progress = console.progress()) {
                result = engine.run(new ShownProgress(progress), stop);
            }
            BackupOutcomeText text = new BackupOutcomeText(config.backupId(), engine.location(), result);
            console.resultOf(text.json(), text::text);
            return text.exitCode();
        }
    }
}
