package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code offset-reset-bulk}. */
@Command(
        name = "offset-reset-bulk",
        description =
                "The same as 'offset-reset execute' without a stored plan, under the peer's name and with its flags.")
public final class ResetBulkCommand implements Subcommand {
    private final Console console;

    @Mixin
    private ClusterAccess access = new ClusterAccess();

    @Mixin
    private OriginOptions origin = new OriginOptions();

    @Mixin
    private StrategyOptions strategies = new StrategyOptions();

    @Mixin
    private GroupOptions groups = new GroupOptions();

    @Mixin
    private ResetSettings settings = new ResetSettings();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|json",
            description = "How the result is printed. Default: text.")
    private SnapshotCommand.Format format = SnapshotCommand.Format.TEXT;

    public ResetBulkCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        try (ResetResolver resolver = new ResetResolver(console, origin, strategies, groups)) {
            KafkaConnection connection = resolver.target(access.named(console.environment()));
            return console.clusters().with(connection, target -> {
                HeaderMappings headers = new HeaderMappings(console.clusters().headers(connection), console::note);
                ResetInputs inputs = resolver.resolve(target, headers);
                PlanMaker maker = new PlanMaker(target, connection.bootstrapServers(), inputs, Time.system());
                ObjectStore state = ResetApplication.place(console, inputs.state());
                ResetApplication reset = new ResetApplication(console, target, settings.limits(Time.system()));
                return reset.ofRequest(
                        maker,
                        inputs,
                        false,
                        (id, made, shards) -> settings.dryRun()
                                ? reset.preview(made, shards)
                                : shown(reset.run(id, made, shards, state)));
            });
        }
    }

    private ExitCode shown(ResetApplication.Result result) {
        ResetReport report = new ResetReport(result, settings.perBroker());
        if (format == SnapshotCommand.Format.JSON || console.json()) {
            console.result(report.json());
        } else {
            console.result(report.text());
        }
        return report.exitCode();
    }
}
