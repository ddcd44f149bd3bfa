package io.segue.cli.fleet;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.client.Fleets;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jobs pause}, {@code resume} and {@code cancel}: stored by any coordinator, carried out by the leader. */
@Command(description = "Sends a job of a fleet the command of this name; 'jobs follow' shows what comes of it.")
public final class SendToJobCommand implements FleetSubcommand {
    private final Console console;
    private final Fleets fleets;
    private final String verb;

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String jobId = "";

    public SendToJobCommand(Console console, Fleets fleets, String verb) {
        this.console = console;
        this.fleets = fleets;
        this.verb = verb;
    }

    @Override
    public ExitCode ask() throws InterruptedException {
        int number = fleets.needed().command(jobId, verb, Map.of());
        Sent.show(console, jobId, verb, number);
        return ExitCode.DONE;
    }
}
