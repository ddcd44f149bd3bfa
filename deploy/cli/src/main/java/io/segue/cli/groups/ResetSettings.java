package io.segue.cli.groups;

import io.segue.coordinator.groups.ResetLimits;
import io.segue.protocol.time.Time;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how hard a reset may press. */
final class ResetSettings {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = {"--max-concurrent", "--parallelism"},
            paramLabel = "N",
            description = "Groups committed at a time on each broker. Default: 16.")
    private int perBroker = 16;

    @Option(names = "--max-retries", paramLabel = "N", description = "More tries of what may succeed. Default: 3.")
    private int retries = 3;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "Wait so long for the consumers of blocked groups to stop. Default: 0.")
    private long wait;

    @Option(
            names = "--dry-run",
            description = "Ask the cluster, show what would be committed and what would not, and change nothing.")
    private boolean dryRun;

    boolean dryRun() {
        return dryRun;
    }

    int perBroker() {
        return perBroker;
    }

    ResetLimits limits(Time time) {
        if (perBroker < 1 || perBroker > 1_000 || retries < 0 || retries > 100 || wait < 0) {
            throw new ParameterException(
                    command.commandLine(), "--max-concurrent is 1 to 1000, --max-retries 0 to 100, --wait 0 or more");
        }
        return new ResetLimits(perBroker, ResetLimits.backoff(retries + 1), Duration.ofSeconds(wait), time);
    }
}
