package io.segue.cli.restore;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.client.FleetJobs;
import io.segue.cli.client.Fleets;
import io.segue.cli.jobs.JobOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retry}: failed tasks of a restore once more; with {@code --rebuild}, target partitions from nothing. */
@Command(
        description = "Tries failed tasks of a restore again. With --rebuild, deletes what target partitions hold and"
                + " restores them again, then goes on with the job: mapping, audit and groups follow.")
public final class RetryCommand implements Subcommand {
    private final Console console;
    private final Fleets fleets;

    @Mixin
    private JobOption job = new JobOption();

    @Option(
            names = "--task",
            paramLabel = "TASK",
            split = ",",
            description = "Only these tasks; may be repeated. Default: all that failed.")
    private List<String> tasks = List.of();

    @Option(
            names = "--rebuild",
            paramLabel = "TOPIC[:PARTITION]",
            split = ",",
            description = "A target topic, or one partition of it, whose records are deleted and restored again; may be"
                    + " repeated.")
    private List<String> places = List.of();

    public RetryCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode run() {
        if (!tasks.isEmpty() && !places.isEmpty()) {
            console.note("Error: --task and --rebuild are two commands; run one after the other");
            return ExitCode.USAGE;
        }
        Optional<FleetJobs> named = fleets.named();
        if (named.isPresent()) {
            Map<String, Object> body = places.isEmpty() ? Map.of("tasks", tasks) : Map.of("rebuild", places);
            return named.get().commandAndFollow(job.jobId(), "retry", body, FleetJobs.Ended.NOTHING);
        }
        Optional<Path> file = job.file(console);
        if (file.isEmpty()) {
            return ExitCode.USAGE;
        }
        RestoreSession session = new RestoreSession(console);
        return session.with(file.get(), (config, fleet, run) -> session.report(run.retry(job.jobId(), tasks, places)));
    }
}
