package io.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** D1: a wrong configuration ends every command that takes one with exit code 2, and nothing was touched. */
final class D1MisuseTest {
    @ParameterizedTest
    @ValueSource(strings = {"backup", "restore", "three-phase-restore", "resume job-1", "thaw job-1", "config check"})
    void allProblemsAtOnceAndNothingTouched(String command, @TempDir Path directory) throws IOException {
        Path file = directory.resolve("job.yaml");
        Files.writeString(file, """
                mode: restore
                backup_id: b1
                storage: {backend: filesystem, pathh: DIRECTORY/backups}
                state: {backend: filesystem, path: DIRECTORY/state}
                restore: {dry_run: maybe, time_window_start: 2, time_window_end: 1}
                """.replace("DIRECTORY", directory.toString()));
        TestingShell shell = new TestingShell(directory).with("SEGUE_HOME", directory.toString());

        Stream<String> args = Stream.concat(Stream.of(command.split(" ")), Stream.of("-c", file.toString()));
        assertEquals(2, shell.run(args.toArray(String[]::new)));

        assertEquals("", shell.out());
        List<String> problems = List.of(
                ":1:1: error: target: is required",
                ":3:10: error: storage.path: is required",
                ":3:32: error: storage.pathh: unknown key",
                "did you mean path?",
                ":5:20: error: restore.dry_run: expected true or false",
                ":5:49: error: restore.time_window_end: 1 is before time_window_start: 2",
                "5 errors in " + file + "; nothing was done");
        problems.forEach(problem -> assertTrue(shell.err().contains(problem), () -> problem + " in " + shell.err()));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }
}
