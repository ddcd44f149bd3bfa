package io.segue.cli.groups;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.WritesFile;
import io.segue.coordinator.groups.GroupSnapshots;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.group.SnapshotStore;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.ObjectStore.PutResult;
import io.segue.protocol.store.Stores;
import io.segue.protocol.text.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offset-rollback snapshot}. */
@Command(
        name = "snapshot",
        description = {
            "Writes the committed offsets of groups to a file (--output FILE) or below a path (-p PATH).",
            "A snapshot is complete, or there is none: a group that cannot be read fails the command."
        })
public final class SnapshotCommand implements Subcommand, WritesFile {
    private final Console console;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private ClusterAccess access = new ClusterAccess();

    @Option(
            names = {"-g", "--groups"},
            split = ",",
            paramLabel = "GROUP",
            description = "The groups. Default: all groups of the cluster.")
    private List<String> groups = List.of();

    @Option(
            names = {"-p", "--path"},
            paramLabel = "PATH",
            description = "Storage (directory or URL) below which offset-snapshots/ID/snapshot.json is written.")
    private Optional<String> path = Optional.empty();

    @Option(
            names = {"-d", "--description"},
            paramLabel = "TEXT",
            description = "Kept in the snapshot.")
    private Optional<String> description = Optional.empty();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|json",
            description = "How the result is printed. Default: text.")
    private Format format = Format.TEXT;

    enum Format {
        TEXT,
        JSON
    }

    public SnapshotCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        Optional<Path> file = console.outputFile();
        if (file.isEmpty() && path.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "Say where the snapshot goes: --output FILE or -p PATH");
        }
        if (file.filter(found -> found.toFile().exists()).isPresent()) {
            throw new ParameterException(
                    command.commandLine(), file.get() + " exists; a snapshot never replaces a file: name another");
        }
        KafkaConnection connection = access.connection(console.environment());
        OffsetSnapshot snapshot = console.clusters().with(connection, cluster -> {
            Set<String> chosen = groups.isEmpty() ? cluster.groupIds() : Set.copyOf(groups);
            return GroupSnapshots.of(cluster, connection).take(chosen, null, description.orElse(null));
        });
        List<String> places = new ArrayList<>();
        file.ifPresent(found -> places.add(save(found, snapshot)));
        path.ifPresent(storage -> places.add(save(storage, snapshot)));
        if (format == Format.JSON || console.json()) {
            console.result(json(snapshot));
        } else {
            console.result("Snapshot " + snapshot.snapshotId() + ": " + Units.count(snapshot.offsetCount(), "offset")
                    + " of " + Units.count(snapshot.groups().size(), "group") + ", in " + String.join(" and ", places));
            snapshot.groups().values().stream()
                    .filter(group -> group.commits().isEmpty())
                    .forEach(group -> console.note("Note: group " + group.groupId()
                            + " has no committed offsets; a rollback will remove what it has then"));
        }
        return ExitCode.DONE;
    }

    private String save(Path file, OffsetSnapshot snapshot) {
        Path absolute = file.toAbsolutePath().normalize();
        try (FileStore directory =
                new FileStore(Optional.ofNullable(absolute.getParent()).orElseThrow())) {
            String name =
                    Optional.ofNullable(absolute.getFileName()).orElseThrow().toString();
            if (directory.putIfAbsent(name, SnapshotStore.write(snapshot)) == PutResult.EXISTS) {
                throw new ParameterException(command.commandLine(), file + " exists since just now: name another");
            }
            return absolute.toString();
        }
    }

    private String save(String storage, OffsetSnapshot snapshot) {
        try (ObjectStore store = new Stores(console.environment()).open(storage)) {
            String key = SnapshotStore.key(snapshot.snapshotId());
            new SnapshotStore(store).saveOnce(key, snapshot);
            return store.describe() + "/" + key;
        }
    }

    private static ObjectNode json(OffsetSnapshot snapshot) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("snapshot_id", snapshot.snapshotId())
                .put("created_at", snapshot.createdAt().toString())
                .put("group_count", snapshot.groups().size())
                .put("offset_count", snapshot.offsetCount())
                .put("restore_id", snapshot.restoreId())
                .put("description", snapshot.description());
    }
}
