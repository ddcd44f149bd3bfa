package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.coordinator.groups.ResetLimits;
import io.segue.coordinator.groups.Rollback;
import io.segue.coordinator.groups.Rollback.Difference;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.time.Time;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code offset-rollback verify}. */
@Command(
        name = "verify",
        description = "Compares the committed offsets of a cluster with a snapshot: missing, extra and wrong ones.")
public final class VerifyCommand implements Subcommand {
    private final Console console;

    @Mixin
    private ClusterAccess access = new ClusterAccess();

    @Mixin
    private SnapshotLocation location = new SnapshotLocation();

    public VerifyCommand(Console console) {
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
            List<Difference> differences =
                    rollback.differences(snapshot, snapshot.groups().keySet());
            RollbackReport report = new RollbackReport(snapshot, List.of(), differences);
            console.resultOf(
                    report.json().get("verification"),
                    () -> differences.isEmpty()
                            ? "All " + snapshot.groups().size() + " groups stand as in snapshot "
                                    + snapshot.snapshotId()
                            : String.join(
                                    System.lineSeparator(),
                                    differences.stream()
                                            .map(found -> "Differs: " + found)
                                            .toList()));
            return differences.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        });
    }
}
