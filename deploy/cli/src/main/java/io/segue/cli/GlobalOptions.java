package io.segue.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself, and the options that every subcommand takes. */
@Command(
        name = "kafka-backup",
        description = {
            "Backs up Kafka topics, restores them, and brings consumer groups to the exact record they would have read"
                    + " next.",
            ""
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, or what was checked is not good",
            "2:wrong command line or configuration; nothing was done",
            "3:partly done; the output says what is not",
            "4:interrupted; resume goes on from there"
        })
public final class GlobalOptions {
    /** How results are printed. */
    public enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log more, to stderr; -vv logs everything.")
    private boolean[] verbose = {};

    @Option(
            names = "--output",
            scope = ScopeType.INHERIT,
            paramLabel = "text|json",
            description = "How the result is printed, to stdout. Default: text. A command that writes a file takes its"
                    + " name here.")
    private String output = "text";

    @Option(
            names = "--coordinator",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "Coordinator of a fleet that jobs are sent to, such as http://127.0.0.1:8700; several are"
                    + " separated by commas. Default: KAFKA_BACKUP_COORDINATOR; neither: this process does the work.")
    private Optional<String> coordinator = Optional.empty();

    int verbosity() {
        return verbose.length;
    }

    Format output() {
        return output.equalsIgnoreCase("json") ? Format.JSON : Format.TEXT;
    }

    /** As given on the command line. */
    Optional<String> coordinator() {
        return coordinator;
    }

    /** The file that is named in place of a form. */
    Optional<Path> outputFile() {
        return output.equalsIgnoreCase("json") || output.equalsIgnoreCase("text")
                ? Optional.empty()
                : Optional.of(Path.of(output));
    }
}
