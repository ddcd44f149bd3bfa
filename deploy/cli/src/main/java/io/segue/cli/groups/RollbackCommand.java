package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.coordinator.groups.GroupOutcome;
import io.segue.coordinator.groups.ResetLimits;
import io.segue.coordinator.groups.Rollback;
import io.segue.coordinator.groups.Rollback.Difference;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.time.Time;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code offset-rollback rollback}. */
@Command(
        name = "rollback",
        description = {
            "Takes groups back to a snapshot: offsets are committed as they were, those that did not exist are removed.",
            "Groups with active members are left alone. Then everything is read back and compared."
        })
public final class RollbackCommand implements Subcommand {
    private final Console console;

    @Mixin
    private ClusterAccess access = new ClusterAccess();

    @Mixin
    private SnapshotLocation location = new SnapshotLocation();

    // The peer has this flag; what it asks for always happens here.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--verify", description = "Accepted; the result is always verified.")
    private boolean verify;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|json",
            description = "How the result is printed. Default: text.")
    private SnapshotCommand.Format format = SnapshotCommand.Format.TEXT;

    public RollbackCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        OffsetSnapshot snapshot = location.load(console);
        return console.clusters().with(access.connection(console.environment()), cluster -> {
            Rollback rollback = new Rollback(cluster, ResetLimits.standard(Time.system()), false);
            Optional<String> refusal = rollback.refusal(snapshot);
            if (refusal.isPresent()) {
                console.note("Error: " + refusal.get());
                return ExitCode.USAGE;
            }
            List<GroupOutcome> outcomes =
                    rollback.to(snapshot, snapshot.groups().keySet(), java.util.Map.of());
            List<Difference> differences =
                    rollback.differences(snapshot, snapshot.groups().keySet());
            RollbackReport report = new RollbackReport(snapshot, outcomes, differences);
            if (format == SnapshotCommand.Format.JSON || console.json()) {
                console.result(report.json());
            } else {
                console.result(report.text());
            }
            return report.exitCode();
        });
    }
}
