package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.protocol.group.SnapshotStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code offset-rollback delete}. */
@Command(name = "delete", description = "Removes a snapshot below a path. Nothing can be rolled back to it then.")
public final class SnapshotDeleteCommand implements Subcommand {
    private final Console console;

    @Option(
            names = {"-p", "--path"},
            required = true,
            paramLabel = "PATH",
            description = "Storage (directory or URL) that holds offset-snapshots/.")
    private String path = "";

    @Option(
            names = {"-s", "--snapshot-id"},
            required = true,
            paramLabel = "ID",
            description = "The snapshot.")
    private String id = "";

    public SnapshotDeleteCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        try (ObjectStore store = new Stores(console.environment()).open(path)) {
            if (!new SnapshotStore(store).delete(id)) {
                console.note("Error: there is no snapshot '" + id + "' in " + store.describe());
                return ExitCode.FAILED;
            }
            console.result("Snapshot " + id + " is deleted");
            return ExitCode.DONE;
        }
    }
}
