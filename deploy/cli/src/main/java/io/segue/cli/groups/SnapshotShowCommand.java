package io.segue.cli.groups;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.text.Table;
import io.segue.cli.text.Table.Column;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.group.SnapshotStore;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code offset-rollback show}. */
@Command(name = "show", description = "Shows the offsets in a snapshot.")
public final class SnapshotShowCommand implements Subcommand {
    private final Console console;

    @Mixin
    private SnapshotLocation location = new SnapshotLocation();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|json",
            description = "How it is printed. Default: text.")
    private SnapshotCommand.Format format = SnapshotCommand.Format.TEXT;

    public SnapshotShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        OffsetSnapshot snapshot = location.load(console);
        if (format == SnapshotCommand.Format.JSON || console.json()) {
            try {
                console.result(new JsonMapper().readTree(SnapshotStore.write(snapshot)));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a snapshot is JSON", e);
            } catch (IOException e) {
                throw new IllegalStateException("bytes in memory can be read", e);
            }
            return ExitCode.DONE;
        }
        Table table = new Table(
                Column.text("GROUP"), Column.text("PARTITION"), Column.number("OFFSET"), Column.text("METADATA"));
        snapshot.groups().values().forEach(group -> {
            if (group.commits().isEmpty()) {
                table.row(group.groupId(), "-", "-", "-");
            }
            group.commits()
                    .forEach((partition, commit) -> table.row(
                            group.groupId(),
                            partition.toString(),
                            Long.toString(commit.offset()),
                            Optional.ofNullable(commit.metadata()).orElse("-")));
        });
        console.result("Snapshot " + snapshot.snapshotId() + " of cluster "
                + Optional.ofNullable(snapshot.clusterId()).orElse("(not said)") + ", taken " + snapshot.createdAt()
                + (snapshot.restoreId() == null ? "" : ", before " + snapshot.restoreId())
                + System.lineSeparator() + table);
        return ExitCode.DONE;
    }
}
