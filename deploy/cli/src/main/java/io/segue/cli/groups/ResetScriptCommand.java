package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.WritesFile;
import io.segue.cli.groups.PlanFormats.Format;
import io.segue.cli.groups.PlanFormats.Sink;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.time.Time;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code offset-reset script}. */
@Command(
        name = "script",
        description = "Writes a reset plan as a bash script of Kafka's own kafka-consumer-groups.sh; changes nothing.")
public final class ResetScriptCommand implements Subcommand, WritesFile {
    private final Console console;

    @Mixin
    private ClusterAccess access = new ClusterAccess();

    @Mixin
    private OriginOptions origin = new OriginOptions();

    @Mixin
    private StrategyOptions strategies = new StrategyOptions();

    @Mixin
    private GroupOptions groups = new GroupOptions();

    @Option(names = "-o", paramLabel = "FILE", description = "Where to write it; the same as --output FILE.")
    private Optional<Path> file = Optional.empty();

    public ResetScriptCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        Optional<Path> into = file.or(console::outputFile);
        try (ResetResolver resolver = new ResetResolver(console, origin, strategies, groups)) {
            KafkaConnection connection = resolver.target(access.named(console.environment()));
            return console.clusters().with(connection, target -> {
                HeaderMappings headers = new HeaderMappings(console.clusters().headers(connection), console::note);
                PlanMaker maker = new PlanMaker(
                        target, connection.bootstrapServers(), resolver.resolve(target, headers), Time.system());
                if (into.isEmpty()) {
                    return write(maker, console.out());
                }
                try (NewFile out = NewFile.create(into.get(), true)) {
                    ExitCode code = write(maker, out.stream());
                    out.complete();
                    console.note("Written to " + into.get());
                    return code;
                }
            });
        }
    }

    private static ExitCode write(PlanMaker maker, OutputStream out) {
        PlanTally tally = new PlanTally();
        try (Sink sink = PlanFormats.sink(Format.SHELL_SCRIPT, out, maker.origin())) {
            maker.each(group -> {
                sink.group(group);
                tally.group(group);
            });
        }
        return tally.exitCode();
    }
}
