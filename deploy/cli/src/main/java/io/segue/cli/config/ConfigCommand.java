package io.segue.cli.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.ConfigResult.Loaded;
import io.segue.protocol.config.ConfigResult.Refused;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code config check}: reads a configuration file as the other commands would, and does nothing. */
@Command(name = "config", description = "Looks at configuration files.", synopsisSubcommandLabel = "check")
public final class ConfigCommand {
    private final Console console;

    public ConfigCommand(Console console) {
        this.console = console;
    }

    @Command(name = "check", description = "Says what is wrong with a configuration file; touches nothing else.")
    int check(
            @Option(
                            names = {"-c", "--config"},
                            required = true,
                            paramLabel = "FILE",
                            description = "The configuration file.")
                    Path file) {
        Optional<ConfigResult> result = ConfigFile.read(file, console);
        result.ifPresent(found -> report(file, found));
        boolean good = result.filter(Loaded.class::isInstance).isPresent();
        return (good ? ExitCode.DONE : ExitCode.USAGE).code();
    }

    private void report(Path file, ConfigResult result) {
        if (console.json()) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("file", file.toString());
            node.put("valid", result instanceof Loaded);
            node.set("errors", ProblemText.json(result instanceof Refused refused ? refused.errors() : List.of()));
            node.set("warnings", ProblemText.json(result.warnings()));
            console.result(node);
        } else {
            ConfigFile.show(file, result, console);
            if (result instanceof Loaded loaded) {
                String mode = loaded.config().mode().name().toLowerCase(java.util.Locale.ROOT);
                console.result(file + " is good: mode " + mode + ", backup "
                        + loaded.config().backupId());
            }
        }
    }
}
