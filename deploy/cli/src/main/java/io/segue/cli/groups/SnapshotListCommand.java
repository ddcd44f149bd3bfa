package io.segue.cli.groups;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.text.Table;
import io.segue.cli.text.Table.Column;
import io.segue.protocol.group.SnapshotStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code offset-rollback list}. */
@Command(name = "list", description = "Lists the snapshots below a path, the newest first.")
public final class SnapshotListCommand implements Subcommand {
    private final Console console;

    @Option(
            names = {"-p", "--path"},
            required = true,
            paramLabel = "PATH",
            description = "Storage (directory or URL) that holds offset-snapshots/.")
    private String path = "";

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|json",
            description = "How the list is printed. Default: text.")
    private SnapshotCommand.Format format = SnapshotCommand.Format.TEXT;

    public SnapshotListCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        try (ObjectStore store = new Stores(console.environment()).open(path)) {
            List<SnapshotStore.Listed> found = new SnapshotStore(store).list();
            if (format == SnapshotCommand.Format.JSON || console.json()) {
                ArrayNode rows = JsonNodeFactory.instance.arrayNode();
                found.forEach(one -> rows.addObject()
                        .put("snapshot_id", one.snapshotId())
                        .put("created_at", one.createdAt())
                        .put("group_count", one.groups())
                        .put("offset_count", one.offsets())
                        .put("restore_id", one.restoreId())
                        .put("description", one.description()));
                console.result(rows);
            } else if (found.isEmpty()) {
                console.note("There are no snapshots in " + store.describe());
            } else {
                Table table = new Table(
                        Column.text("SNAPSHOT"),
                        Column.text("TAKEN"),
                        Column.number("GROUPS"),
                        Column.number("OFFSETS"),
                        Column.text("FOR"),
                        Column.text("DESCRIPTION"));
                found.forEach(one -> table.row(
                        one.snapshotId(),
                        one.createdAt(),
                        Integer.toString(one.groups()),
                        Integer.toString(one.offsets()),
                        Optional.ofNullable(one.restoreId()).orElse("-"),
                        Optional.ofNullable(one.description()).orElse("-")));
                console.result(table.toString());
            }
            return ExitCode.DONE;
        }
    }
}
