package io.segue.cli.restore;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.jobs.LocalJobs;
import io.segue.protocol.config.JobConfig;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code restore} and {@code three-phase-restore}: data, mapping, and the reset of the groups that the file names. */
@Command(
        description = {
            "Restores a backup: every record exactly once, then the offset mapping, then the committed offsets of the"
                    + " groups that the configuration names.",
            "Interrupted or crashed, it goes on with 'kafka-backup resume JOB'."
        })
public final class RestoreCommand implements Subcommand {
    private final Console console;

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration file, with mode: restore.")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Contact the target, print the plan, change nothing.")
    private boolean dryRun;

    @Option(names = "--generate-offset-mapping", description = "Write the offset mapping to --mapping-output.")
    private boolean generateMapping;

    @Option(
            names = "--mapping-output",
            paramLabel = "FILE",
            description = "Local file for the offset mapping, JSON. Default: offset-mapping.json.")
    private Optional<Path> mappingOutput = Optional.empty();

    public RestoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        RestoreSession session = new RestoreSession(console);
        return session.with(file, (config, fleet, run) -> {
            RestoreRun.Outcome outcome = run.start(dryRun || config.restore().dryRun(), this::created);
            ExitCode code = session.report(outcome);
            Optional<Path> output = mappingFile(config);
            if (output.isPresent() && outcome instanceof RestoreRun.Outcome.Ran ran) {
                MappingFile.write(fleet.jobs(), ran.report().jobId(), output.get())
                        .ifPresent(console::note);
            }
            return code;
        });
    }

    private Optional<Path> mappingFile(JobConfig config) {
        Optional<Path> asked = mappingOutput.or(() -> config.restore().offsetReport());
        return generateMapping ? asked.or(() -> Optional.of(Path.of("offset-mapping.json"))) : asked;
    }

    private void created(String jobId) {
        console.note("Job " + jobId + ": if this process dies, 'kafka-backup resume " + jobId + "' goes on");
        new LocalJobs(console.environment()).remember(jobId, file).ifPresent(console::note);
    }
}
