package io.segue.cli.config;

import picocli.CommandLine.Command;

/** {@code config}: what has to do with configuration files. */
@Command(name = "config", description = "Looks at configuration files.", synopsisSubcommandLabel = "COMMAND")
public final class ConfigCommand {}
