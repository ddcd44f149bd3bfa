package io.segue.cli.groups;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.coordinator.groups.NamePattern;
import io.segue.coordinator.groups.ResetLimits;
import io.segue.coordinator.groups.Rollback;
import io.segue.coordinator.groups.Rollback.Difference;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private GroupOptions groups = new GroupOptions();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|json",
            description = "How the result is printed. Default: text.")
    private SnapshotCommand.Format format = SnapshotCommand.Format.TEXT;

    public VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        try (KnownJobs stores = new KnownJobs(console)) {
            List<RollbackPoint> points = location.points(console, stores);
            return console.clusters()
                    .with(access.connection(console.environment()), cluster -> verify(cluster, points));
        }
    }

    private ExitCode verify(KafkaCluster cluster, List<RollbackPoint> points) {
        Rollback rollback = new Rollback(cluster, ResetLimits.standard(Time.system()), false);
        List<Difference> differences = new ArrayList<>();
        int count = 0;
        for (RollbackPoint point : points) {
            Optional<String> refusal = rollback.refusal(point.snapshot());
            if (refusal.isPresent()) {
                console.note("Error: " + refusal.get());
                return ExitCode.USAGE;
            }
            Set<String> chosen = NamePattern.select(
                    groups.patterns(), point.snapshot().groups().keySet());
            count += chosen.size();
            differences.addAll(rollback.differences(point.snapshot(), chosen));
        }
        OffsetSnapshot snapshot = points.get(0).snapshot();
        String all = "All " + count + " groups stand as in snapshot " + snapshot.snapshotId();
        ObjectNode report = new RollbackReport(snapshot, List.of(), differences).json();
        if (format == SnapshotCommand.Format.JSON || console.json()) {
            console.result(report.get("verification"));
        } else if (differences.isEmpty()) {
            console.result(all);
        } else {
            differences.forEach(found -> console.result("Differs: " + found));
        }
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
