package io.segue.cli.fleet;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.client.Fleets;
import io.segue.cli.text.Table;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.job.view.FleetReport;
import io.segue.protocol.text.Units;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code fleet}: who leads, and the workers with their slots. Exit code 1 if nobody leads. */
@Command(name = "fleet", description = "Who leads a fleet, and its workers with their slots.")
public final class FleetCommand implements FleetSubcommand {
    private final Console console;
    private final Fleets fleets;

    public FleetCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode ask() throws InterruptedException {
        FleetReport report = fleets.needed().fleet();
        console.resultOf(JobJson.mapper().valueToTree(report), () -> text(report));
        return report.leader() == null ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static String text(FleetReport report) {
        FleetReport.Leader leader = report.leader();
        String leads = leader == null
                ? "Nobody leads just now"
                : leader.coordinatorId() + " leads, epoch " + leader.epoch() + ", " + leader.api();
        Table table = new Table(
                Table.Column.text("WORKER"),
                Table.Column.text("STATE"),
                Table.Column.number("SLOTS"),
                Table.Column.number("RUNNING"),
                Table.Column.number("BYTES/S"),
                Table.Column.number("SEEN"));
        report.workers()
                .forEach(worker -> table.row(
                        worker.workerId(),
                        worker.condition().name().toLowerCase(Locale.ROOT),
                        Units.count(worker.slots()),
                        Units.count(worker.running()),
                        Units.bytes(worker.bytesPerSecond()),
                        Units.duration(Duration.ofMillis(worker.seenMillisAgo())) + " ago"));
        String blind = report.workers().stream()
                .filter(worker -> worker.reason() != null)
                .map(worker -> System.lineSeparator() + "Worker " + worker.workerId() + " " + worker.reason())
                .collect(Collectors.joining());
        return leads
                + System.lineSeparator()
                + (report.workers().isEmpty()
                        ? "No worker is there"
                        : table.toString().stripTrailing() + blind);
    }
}
