package io.segue.cli.jobs;

import io.segue.cli.Console;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A job, and the configuration file that it was started with. */
public final class JobOption {
    @Parameters(paramLabel = "JOB", description = "The job's id, as the command that began it printed it.")
    private String jobId = "";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration file of the job; this machine remembers it for jobs that it started.")
    private Optional<Path> file = Optional.empty();

    public String jobId() {
        return jobId;
    }

    /** Empty, with a message shown, if nobody knows the file. */
    public Optional<Path> file(Console console) {
        Optional<Path> found = file.or(() -> new LocalJobs(console.environment()).config(jobId));
        if (found.isEmpty()) {
            console.note(
                    "Error: this machine did not start job '" + jobId + "': give its configuration file with --config");
        }
        return found;
    }
}
