package io.segue.cli.fleet;

import picocli.CommandLine.Command;

/** {@code jobs}: its subcommands do the work. */
@Command(name = "jobs", description = "The jobs of a fleet.", synopsisSubcommandLabel = "COMMAND")
public final class JobsCommand {}
