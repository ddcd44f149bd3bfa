package io.segue.cli.fleet;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.client.Fleets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jobs retry}: failed tasks once more. */
@Command(name = "retry", description = "Tries failed tasks of a job of a fleet again.")
public final class RetryJobCommand implements FleetSubcommand {
    private final Console console;
    private final Fleets fleets;

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String jobId = "";

    @Option(
            names = "--task",
            paramLabel = "TASK",
            split = ",",
            description = "Only these tasks; may be repeated. Default: all that failed.")
    private List<String> tasks = List.of();

    public RetryJobCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode ask() throws InterruptedException {
        int number = fleets.needed().command(jobId, "retry", Map.of("tasks", tasks));
        Sent.show(console, jobId, "retry", number);
        return ExitCode.DONE;
    }
}
