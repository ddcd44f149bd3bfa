package io.segue.cli.fleet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.client.Fleets;
import io.segue.cli.text.Table;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.job.view.JobView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jobs list}: the newest first. */
@Command(name = "list", description = "The jobs of a fleet, the newest first.")
public final class ListJobsCommand implements FleetSubcommand {
    private final Console console;
    private final Fleets fleets;

    @Option(names = "--limit", paramLabel = "N", description = "So many at most, up to 1000. Default: 100.")
    private int limit = 100;

    public ListJobsCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode ask() throws InterruptedException {
        List<JobView> views = fleets.needed().list(limit);
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        views.forEach(view -> json.add(JobJson.mapper().valueToTree(view)));
        console.resultOf(json, () -> text(views));
        return ExitCode.DONE;
    }

    private static String text(List<JobView> views) {
        if (views.isEmpty()) {
            return "No job was submitted to this fleet yet";
        }
        Table table = new Table(
                Table.Column.text("JOB"),
                Table.Column.text("STATE"),
                Table.Column.text("SUBMITTED"),
                Table.Column.number("RECORDS"),
                Table.Column.number("DONE"));
        views.forEach(view -> table.row(
                view.jobId(),
                ViewText.state(view.state()),
                ViewText.time(view.submittedAt()),
                ViewText.records(view),
                ViewText.share(view)));
        return table.toString();
    }
}
