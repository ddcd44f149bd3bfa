package io.segue.cli.archive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.text.Table;
import io.segue.cli.text.Table.Column;
import io.segue.protocol.manifest.InvalidDocumentException;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code list}: the backups of a store, or one of them. */
@Command(name = "list", description = "Lists the backups of a directory or bucket.")
public final class ListCommand implements Subcommand {
    private static final int MOST_OBJECTS = 5_000_000;
    private static final String MANIFEST = "/manifest.json";

    private final Console console;

    @Mixin
    private BackupLocation location = new BackupLocation();

    @Option(
            names = {"-b", "--backup-id"},
            paramLabel = "ID",
            description = "Only this one.")
    private Optional<String> backupId = Optional.empty();

    public ListCommand(Console console) {
        this.console = console;
    }

    /** A backup whose manifest can be read, or the reason why it cannot. */
    private sealed interface Found {
        record Summed(BackupSummary summary) implements Found {}

        record Unreadable(String backupId, String reason) implements Found {}
    }

    @Override
    public ExitCode run() {
        try (ObjectStore store = location.open(console)) {
            if (backupId.isPresent()) {
                BackupSummary summary = BackupSummary.of(ManifestJson.load(store, backupId.get()));
                print(store, List.of(new Found.Summed(summary)));
                return ExitCode.DONE;
            }
            List<Found> found = new ArrayList<>();
            for (String id : ids(store)) {
                found.add(read(store, id));
            }
            print(store, found);
            return found.stream().anyMatch(Found.Unreadable.class::isInstance) ? ExitCode.PARTLY : ExitCode.DONE;
        }
    }

    private static List<String> ids(ObjectStore store) {
        return store.list("", MOST_OBJECTS).stream()
                .map(ObjectStore.Listed::key)
                .filter(key -> key.endsWith(MANIFEST))
                .map(key -> key.substring(0, key.length() - MANIFEST.length()))
                .toList();
    }

    private static Found read(ObjectStore store, String id) {
        try {
            return new Found.Summed(BackupSummary.of(ManifestJson.load(store, id)));
        } catch (InvalidDocumentException | StoreException.TooLarge e) {
            return new Found.Unreadable(id, String.valueOf(e.getMessage()));
        }
    }

    private void print(ObjectStore store, List<Found> found) {
        if (console.json()) {
            console.result(json(store, found));
        } else if (found.isEmpty()) {
            console.result("No backups found in " + store.describe());
        } else {
            console.result(text(found));
            for (Found each : found) {
                if (each instanceof Found.Unreadable unreadable) {
                    console.result("Unreadable: " + unreadable.backupId() + ": " + unreadable.reason());
                }
            }
        }
    }

    private static String text(List<Found> found) {
        Table table = new Table(
                Column.text("BACKUP"),
                Column.text("CREATED"),
                Column.number("TOPICS"),
                Column.number("PARTITIONS"),
                Column.number("SEGMENTS"),
                Column.number("RECORDS"),
                Column.number("SIZE"));
        for (Found each : found) {
            if (each instanceof Found.Summed summed) {
                BackupSummary summary = summed.summary();
                table.row(
                        summary.backupId(),
                        Units.time(summary.createdAt()),
                        Units.count(summary.topics()),
                        Units.count(summary.partitions()),
                        Units.count(summary.segments()),
                        Units.count(summary.records()),
                        Units.bytes(summary.bytes()));
            }
        }
        return table.toString();
    }

    private static ObjectNode json(ObjectStore store, List<Found> found) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("store", store.describe());
        ArrayNode backups = root.putArray("backups");
        for (Found each : found) {
            ObjectNode node = backups.addObject();
            if (each instanceof Found.Summed summed) {
                put(node, summed.summary());
            } else if (each instanceof Found.Unreadable unreadable) {
                node.put("backup_id", unreadable.backupId()).put("error", unreadable.reason());
            }
        }
        return root;
    }

    static void put(ObjectNode node, BackupSummary summary) {
        node.put("backup_id", summary.backupId())
                .put("created_at", summary.createdAt())
                .put("topics", summary.topics())
                .put("partitions", summary.partitions())
                .put("segments", summary.segments())
                .put("records", summary.records())
                .put("bytes", summary.bytes());
    }
}
