package io.segue.cli.fleet;

import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.client.Fleets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jobs follow}: what the command that submitted the job would show. */
@Command(
        name = "follow",
        description = "Shows what a job of a fleet does until it ends, prints its report, and ends with its exit code.")
public final class FollowJobCommand implements Subcommand {
    private final Fleets fleets;

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String jobId = "";

    public FollowJobCommand(Fleets fleets) {
        this.fleets = fleets;
    }

    @Override
    public ExitCode run() {
        return fleets.needed().follow(jobId);
    }
}
