package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.group.SnapshotStore;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which snapshot: a file, a path and an id, or the job or reset that took it. */
final class SnapshotLocation {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--snapshot", paramLabel = "FILE", description = "The snapshot, as a file.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-p", "--path"},
            paramLabel = "PATH",
            description = "Storage (directory or URL) that holds offset-snapshots/, or the state of jobs.")
    private Optional<String> path = Optional.empty();

    @Option(
            names = {"-s", "--snapshot-id"},
            paramLabel = "ID",
            description = "The snapshot below -p.")
    private Optional<String> id = Optional.empty();

    @Option(
            names = {"--job", "--reset"},
            paramLabel = "ID",
            description = "What the groups had before this job's reset, or before this reset.")
    private Optional<String> reset = Optional.empty();

    @Option(names = "--state", paramLabel = "PATH", description = "Where the state of jobs and resets is.")
    private Optional<String> state = Optional.empty();

    /** What to go back to, and what is known to have been set since. */
    List<RollbackPoint> points(Console console, KnownJobs stores) {
        OriginOptions origin = new OriginOptions();
        origin.path = path;
        origin.state = state;
        if (reset.isPresent()) {
            if (file.isPresent() || id.isPresent()) {
                throw wrong();
            }
            String name = reset.orElseThrow();
            return RollbackPoint.of(name, RollbackPoint.state(name, origin, stores, console));
        }
        OffsetSnapshot snapshot = load(console);
        List<ObjectStore> states = new ArrayList<>();
        stores.state(origin).ifPresent(states::add);
        Optional.ofNullable(snapshot.clusterId()).ifPresent(cluster -> states.addAll(stores.statesInto(cluster)));
        return List.of(RollbackPoint.of(snapshot, console, states));
    }

    private ParameterException wrong() {
        return new ParameterException(
                command.commandLine(), "Say which snapshot: --snapshot FILE, -p PATH -s ID, or --reset ID");
    }

    OffsetSnapshot load(Console console) {
        boolean below = path.isPresent() && id.isPresent();
        if (file.isPresent() == below || (id.isPresent() && path.isEmpty())) {
            throw wrong();
        }
        if (file.isPresent()) {
            Path absolute = file.get().toAbsolutePath().normalize();
            try (FileStore directory =
                    new FileStore(Optional.ofNullable(absolute.getParent()).orElseThrow())) {
                return new SnapshotStore(directory)
                        .load(Optional.ofNullable(absolute.getFileName())
                                .orElseThrow()
                                .toString());
            }
        }
        try (ObjectStore store = new Stores(console.environment()).open(path.orElseThrow())) {
            return new SnapshotStore(store).load(SnapshotStore.key(id.orElseThrow()));
        }
    }
}
