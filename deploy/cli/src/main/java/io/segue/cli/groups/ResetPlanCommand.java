package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.WritesFile;
import io.segue.cli.groups.PlanFormats.Format;
import io.segue.cli.groups.PlanFormats.Sink;
import io.segue.coordinator.groups.PlanOrigin;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.time.Time;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code offset-reset plan}. */
@Command(
        name = "plan",
        description = {
            "Shows what a reset would commit, and why, group by group and partition by partition; changes nothing.",
            "With --output FILE the plan is written there, as JSON that 'offset-reset execute --plan' takes."
        })
public final class ResetPlanCommand implements Subcommand, WritesFile {
    private final Console console;

    @Mixin
    private ClusterAccess access = new ClusterAccess();

    @Mixin
    private OriginOptions origin = new OriginOptions();

    @Mixin
    private StrategyOptions strategies = new StrategyOptions();

    @Mixin
    private GroupOptions groups = new GroupOptions();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|json|csv|shell-script",
            description = "How the plan is printed, or written. Default: text; in a file: json.")
    private Optional<String> format = Optional.empty();

    // The peer has this flag; a plan never changes anything.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--dry-run", description = "Accepted; a plan is always one.")
    private boolean dryRun;

    public ResetPlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        Format chosen = format.map(PlanFormats::parse).orElse(console.json() ? Format.JSON : Format.TEXT);
        try (ResetResolver resolver = new ResetResolver(console, origin, strategies, groups)) {
            KafkaConnection connection = resolver.target(access.named(console.environment()));
            return console.clusters().with(connection, target -> {
                PlanMaker maker = maker(resolver, target, connection);
                return console.outputFile().map(file -> write(maker, file)).orElseGet(() -> print(maker, chosen));
            });
        }
    }

    private PlanMaker maker(ResetResolver resolver, KafkaCluster target, KafkaConnection connection) {
        HeaderMappings headers = new HeaderMappings(console.clusters().headers(connection), console::note);
        return new PlanMaker(target, connection.bootstrapServers(), resolver.resolve(target, headers), Time.system());
    }

    private ExitCode write(PlanMaker maker, Path file) {
        Format chosen = format.map(PlanFormats::parse).orElse(Format.JSON);
        PlanOrigin made = maker.origin();
        PlanTally tally = new PlanTally();
        try (NewFile out = NewFile.create(file, chosen == Format.SHELL_SCRIPT)) {
            try (Sink sink = PlanFormats.sink(chosen, out.stream(), made);
                    Sink shown = new PlanTable(console.out(), made)) {
                maker.each(group -> {
                    sink.group(group);
                    shown.group(group);
                    tally.group(group);
                });
            }
            out.complete();
        }
        console.note("Written to " + file
                + (chosen == Format.JSON ? "; do it with 'offset-reset execute --plan " + file + "'" : ""));
        return tally.exitCode();
    }

    private ExitCode print(PlanMaker maker, Format chosen) {
        PlanTally tally = new PlanTally();
        try (Sink sink = PlanFormats.sink(chosen, console.out(), maker.origin())) {
            maker.each(group -> {
                sink.group(group);
                tally.group(group);
            });
        }
        return tally.exitCode();
    }
}
