package io.segue.cli.groups;

import io.segue.cli.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code offset-rollback}: the group of commands. */
@Command(name = "offset-rollback", description = "Takes snapshots of committed offsets, and takes groups back to them.")
public final class OffsetRollbackCommand {
    private OffsetRollbackCommand() {}

    /** With its subcommands. */
    public static CommandLine with(Console console) {
        return new CommandLine(new OffsetRollbackCommand())
                .addSubcommand("snapshot", new SnapshotCommand(console))
                .addSubcommand("list", new SnapshotListCommand(console))
                .addSubcommand("show", new SnapshotShowCommand(console))
                .addSubcommand("rollback", new RollbackCommand(console))
                .addSubcommand("verify", new VerifyCommand(console))
                .addSubcommand("delete", new SnapshotDeleteCommand(console));
    }
}
