package io.segue.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code docs/cli.md} has a chapter for every command and names every option. */
final class CommandReferenceTest {
    @Test
    void everyCommandAndOptionIsDocumented() throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "cli.md"));
        CommandLine commands =
                KafkaBackupMain.commands(new TestingShell().shell(Optional.empty()), new GlobalOptions());
        leaves(commands).forEach(command -> {
            String name = command.getCommandSpec().qualifiedName().replaceFirst("^kafka-backup ", "");
            assertTrue(page.contains("## `" + name + "`\n"), () -> "no chapter `" + name + "` in docs/cli.md");
            command.getCommandSpec().options().forEach(option -> {
                assertTrue(
                        page.contains(option.longestName()), () -> name + ": " + option.longestName() + " is missing");
            });
        });
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(CommandReferenceTest::leaves);
    }
}
