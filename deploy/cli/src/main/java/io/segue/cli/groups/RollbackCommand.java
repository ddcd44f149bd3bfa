package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.coordinator.groups.GroupOutcome;
import io.segue.coordinator.groups.NamePattern;
import io.segue.coordinator.groups.Rollback;
import io.segue.coordinator.groups.Rollback.Difference;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code offset-rollback rollback}. */
@Command(
        name = "rollback",
        description = {
            "Takes groups back to a snapshot: offsets are committed as they were, those that did not exist are removed.",
            "Groups with active members are left alone, and so are groups that have committed since the reset that is"
                    + " undone. Then everything is read back and compared."
        })
public final class RollbackCommand implements Subcommand {
    private final Console console;

    @Mixin
    private ClusterAccess access = new ClusterAccess();

    @Mixin
    private SnapshotLocation location = new SnapshotLocation();

    @Mixin
    private GroupOptions groups = new GroupOptions();

    @Mixin
    private ResetSettings settings = new ResetSettings();

    @Option(
            names = "--force",
            description = "Take back also groups that have committed since the reset, and lose what they committed.")
    private boolean force;

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
        try (KnownJobs stores = new KnownJobs(console)) {
            List<RollbackPoint> points = location.points(console, stores);
            return console.clusters().with(access.connection(console.environment()), cluster -> roll(cluster, points));
        }
    }

    private ExitCode roll(KafkaCluster cluster, List<RollbackPoint> points) {
        Rollback rollback = new Rollback(cluster, settings.limits(Time.system()), force);
        List<NamePattern> only = groups.patterns();
        List<GroupOutcome> outcomes = new ArrayList<>();
        List<Difference> differences = new ArrayList<>();
        for (RollbackPoint point : points) {
            Optional<String> refusal = rollback.refusal(point.snapshot());
            if (refusal.isPresent()) {
                console.note("Error: " + refusal.get());
                return ExitCode.USAGE;
            }
            console.note(
                    point.resets().isEmpty()
                            ? "No reset since snapshot " + point.snapshot().snapshotId()
                                    + " is known here: groups are taken back wherever they stand"
                            : "Undoing " + String.join(", ", point.resets()));
            Set<String> chosen =
                    NamePattern.select(only, point.snapshot().groups().keySet());
            outcomes.addAll(rollback.to(point.snapshot(), chosen, point.undone()));
            differences.addAll(rollback.differences(point.snapshot(), chosen));
        }
        RollbackReport report = new RollbackReport(points.get(0).snapshot(), outcomes, differences);
        if (format == SnapshotCommand.Format.JSON || console.json()) {
            console.result(report.json());
        } else {
            console.result(report.text());
        }
        return report.exitCode();
    }
}
