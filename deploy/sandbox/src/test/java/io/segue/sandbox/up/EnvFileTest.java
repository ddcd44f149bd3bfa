package io.segue.sandbox.up;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvFileTest {
    @TempDir
    Path directory;

    @Test
    void aShellReadsEveryValueAsItWas() throws Exception {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PLAIN", "127.0.0.1:1,127.0.0.1:2");
        variables.put("ODD", "a b$HOME'\"\\`date`");
        Path file = directory.resolve("env");
        EnvFile.write(file, EnvFile.format(variables));
        assertEquals("PLAIN=127.0.0.1:1,127.0.0.1:2", Files.readAllLines(file).get(0));
        Process bash = new ProcessBuilder("bash", "-c", ". '" + file + "'; printf '%s|%s' \"$PLAIN\" \"$ODD\"").start();
        String read = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(String.join("|", variables.values()), read);
    }

    @Test
    void aShellHandsThemOnToWhatItStarts() throws Exception {
        Path file = directory.resolve("env");
        EnvFile.write(file, EnvFile.format(Map.of("AWS_REGION", "a b")));
        String script = "set -a; . '" + file + "'; set +a; bash -c 'printf %s \"$AWS_REGION\"'";
        Process bash = new ProcessBuilder("bash", "-c", script).start();
        assertEquals("a b", new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void replacesAFileAndLeavesNothingBesideIt() throws Exception {
        Path file = directory.resolve("env");
        EnvFile.write(file, "A=1\n");
        EnvFile.write(file, "B=2\n");
        try (Stream<Path> listed = Files.list(directory)) {
            assertEquals(List.of(file), listed.toList());
        }
        assertEquals("B=2\n", Files.readString(file));
    }
}
