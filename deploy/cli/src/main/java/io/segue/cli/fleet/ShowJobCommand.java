package io.segue.cli.fleet;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.client.Fleets;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.job.view.JobView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jobs show}: one job as it is now. */
@Command(name = "show", description = "How a job of a fleet is now.")
public final class ShowJobCommand implements FleetSubcommand {
    private final Console console;
    private final Fleets fleets;

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String jobId = "";

    public ShowJobCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode ask() throws InterruptedException {
        JobView view = fleets.needed().find(jobId);
        console.resultOf(JobJson.mapper().valueToTree(view), () -> ViewText.of(view));
        return ExitCode.DONE;
    }
}
