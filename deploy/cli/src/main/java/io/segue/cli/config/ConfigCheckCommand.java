package io.segue.cli.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.ConfigResult.Loaded;
import io.segue.protocol.config.ConfigResult.Refused;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code config check}: reads a configuration file as the other commands would, and does nothing. */
@Command(name = "check", description = "Says what is wrong with a configuration file; touches nothing else.")
public final class ConfigCheckCommand implements Subcommand {
    private final Console console;

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration file.")
    private Path file = Path.of("");

    public ConfigCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        Optional<ConfigResult> result = ConfigFile.read(file, console);
        result.ifPresent(this::report);
        return result.filter(Loaded.class::isInstance).isPresent() ? ExitCode.DONE : ExitCode.USAGE;
    }

    private void report(ConfigResult result) {
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
                String mode = loaded.config().mode().name().toLowerCase(Locale.ROOT);
                console.result(file + " is good: mode " + mode + ", backup "
                        + loaded.config().backupId());
            }
        }
    }
}
