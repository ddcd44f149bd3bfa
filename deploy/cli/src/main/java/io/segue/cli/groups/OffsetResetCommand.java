package io.segue.cli.groups;

import io.segue.cli.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code offset-reset}: the group of commands. */
@Command(name = "offset-reset", description = "Plans and makes resets of committed offsets.")
public final class OffsetResetCommand {
    private OffsetResetCommand() {}

    /** With its subcommands. */
    public static CommandLine with(Console console) {
        return new CommandLine(new OffsetResetCommand())
                .addSubcommand("plan", new ResetPlanCommand(console))
                .addSubcommand("execute", new ResetExecuteCommand(console))
                .addSubcommand("script", new ResetScriptCommand(console));
    }
}
