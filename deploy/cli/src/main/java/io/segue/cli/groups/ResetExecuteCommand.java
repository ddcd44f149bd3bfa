package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.coordinator.groups.KeepAlive;
import io.segue.coordinator.groups.ResetPlanJson;
import io.segue.coordinator.groups.ResetRegister;
import io.segue.coordinator.groups.ResetState;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.text.Units;
import io.segue.protocol.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code offset-reset execute}. */
@Command(
        name = "execute",
        description = {
            "Commits offsets: those of a stored plan (--plan FILE), once it is checked that the cluster is still the one"
                    + " that it was made for, or those of a plan that is made now.",
            "What is overwritten is saved first. Groups with active members are left alone. Run again, it goes on where"
                    + " it stopped."
        })
public final class ResetExecuteCommand implements Subcommand {
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

    @Option(names = "--plan", paramLabel = "FILE", description = "A plan that 'offset-reset plan --output' wrote.")
    private Optional<Path> plan = Optional.empty();

    @Option(
            names = "--again",
            description = "Make the same reset once more, though it was completed before and its groups have gone on.")
    private boolean again;

    @Option(
            names = "--keep-alive",
            paramLabel = "HOURS",
            description =
                    "Afterwards commit the same offsets again and again for groups without members, so that brokers"
                            + " do not forget them, until their consumers start or the time is over.")
    private long keepAlive;

    public ResetExecuteCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        return plan.map(this::ofPlan).orElseGet(this::made);
    }

    private ExitCode ofPlan(Path file) {
        KafkaConnection connection = access.named(console.environment()).orElseGet(() -> written(file));
        return console.clusters().with(connection, target -> {
            try (KnownJobs stores = new KnownJobs(console)) {
                ObjectStore state = ResetApplication.place(console, stores.state(origin));
                ResetApplication reset = new ResetApplication(console, target, settings.limits(Time.system()));
                return reset.ofPlan(file, groups.patterns(), ending(reset, target, state));
            }
        });
    }

    private ExitCode made() {
        try (ResetResolver resolver = new ResetResolver(console, origin, strategies, groups)) {
            KafkaConnection connection = resolver.target(access.named(console.environment()));
            return console.clusters().with(connection, target -> {
                if (keepAlive > 0 && !settings.dryRun()) {
                    Optional<ResetState> own = resolver.ownReset();
                    if (own.isPresent()) {
                        console.note("The job reset its groups itself: nothing is reset again");
                        return keptAlive(target, own.get());
                    }
                }
                HeaderMappings headers = new HeaderMappings(console.clusters().headers(connection), console::note);
                ResetInputs inputs = resolver.resolve(target, headers);
                PlanMaker maker = new PlanMaker(target, connection.bootstrapServers(), inputs, Time.system());
                ObjectStore state = ResetApplication.place(console, inputs.state());
                ResetApplication reset = new ResetApplication(console, target, settings.limits(Time.system()));
                return reset.ofRequest(maker, inputs, again, ending(reset, target, state));
            });
        }
    }

    private ResetApplication.Ending<ExitCode> ending(ResetApplication reset, KafkaCluster target, ObjectStore state) {
        return (id, made, shards) -> settings.dryRun()
                ? reset.preview(made, shards)
                : ended(reset.run(id, made, shards, state), target, state);
    }

    private static KafkaConnection written(Path file) {
        try (ResetPlanJson.Reader reader = ResetApplication.open(file)) {
            return new KafkaConnection(reader.origin().world().bootstrapServers(), Map.of());
        }
    }

    private ExitCode ended(ResetApplication.Result result, KafkaCluster target, ObjectStore state) {
        ResetReport report = new ResetReport(result, settings.perBroker());
        console.resultOf(report.json(), report::text);
        ExitCode kept = keepAlive > 0 ? keptAlive(target, new ResetRegister(state).state(result.id())) : ExitCode.DONE;
        return report.exitCode() == ExitCode.DONE ? kept : report.exitCode();
    }

    private ExitCode keptAlive(KafkaCluster target, ResetState reset) {
        Duration pause = Expiry.of(target.brokerConfigs()).dividedBy(4);
        console.note("Keeping the offsets alive for " + keepAlive + " h, every " + pause.toSeconds()
                + " s; Ctrl-C ends that, and nothing else");
        KeepAlive.Standing left = new KeepAlive(target, reset, Time.system()).until(Duration.ofHours(keepAlive), pause);
        if (left.kept() > 0) {
            console.note(Units.count(left.kept(), "group") + " without consumers yet");
        }
        if (left.lost() > 0) {
            console.note(
                    "Error: the offsets of " + Units.count(left.lost(), "group") + " are gone: the brokers forgot them,"
                            + " or somebody removed them; offset-reset execute --again commits them once more");
            return ExitCode.PARTLY;
        }
        if (left.kept() == 0) {
            console.note("The consumers of every group have started");
        }
        return ExitCode.DONE;
    }
}
