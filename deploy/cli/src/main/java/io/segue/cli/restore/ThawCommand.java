package io.segue.cli.restore;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.client.FleetJobs;
import io.segue.cli.client.Fleets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thaw}: gives topics that a job kept frozen the configs that they are meant to have. */
@Command(
        description = "Sets retention, compaction and the other configs that a restore held back, on topics that it had"
                + " to keep frozen.")
public final class ThawCommand implements Subcommand {
    private final Console console;
    private final Fleets fleets;

    @Mixin
    private JobOption job = new JobOption();

    @Option(names = "--force", description = "Also where that deletes records that a reset group has not read.")
    private boolean force;

    public ThawCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode run() {
        Optional<FleetJobs> named = fleets.named();
        if (named.isPresent()) {
            return named.get().commandAndFollow(job.jobId(), "thaw", Map.of("force", force), FleetJobs.Ended.NOTHING);
        }
        Optional<Path> file = job.file(console);
        if (file.isEmpty()) {
            return ExitCode.USAGE;
        }
        return new RestoreSession(console).with(file.get(), (config, fleet, run) -> {
            Map<String, String> frozen = run.thaw(job.jobId(), force);
            frozen.forEach((topic, why) -> console.result("Topic " + topic + " stays frozen: " + why));
            if (frozen.isEmpty()) {
                console.result("No topic of job " + job.jobId() + " is frozen any more");
            }
            return frozen.isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
        });
    }
}
