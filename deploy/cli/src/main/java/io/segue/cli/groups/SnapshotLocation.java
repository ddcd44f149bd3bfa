package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.group.SnapshotStore;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which snapshot: a file, or a path and an id. */
final class SnapshotLocation {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--snapshot", paramLabel = "FILE", description = "The snapshot, as a file.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-p", "--path"},
            paramLabel = "PATH",
            description = "Storage (directory or URL) that holds offset-snapshots/; needs -s.")
    private Optional<String> path = Optional.empty();

    @Option(
            names = {"-s", "--snapshot-id"},
            paramLabel = "ID",
            description = "The snapshot below -p.")
    private Optional<String> id = Optional.empty();

    OffsetSnapshot load(Console console) {
        if (file.isPresent() == (path.isPresent() && id.isPresent()) || path.isPresent() != id.isPresent()) {
            throw new ParameterException(
                    command.commandLine(), "Say which snapshot: --snapshot FILE, or -p PATH -s ID");
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
