package io.segue.protocol.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TemporaryDirectoryTest {
    @TempDir
    private Path parent = Path.of("");

    @Test
    void nothingIsLeftAfterTheEnd() throws IOException {
        try (TemporaryDirectory own = TemporaryDirectory.below(parent)) {
            Files.createDirectories(own.directory().resolve("a/b"));
            Files.writeString(own.directory().resolve("a/b/c"), "x");
            try (TemporaryDirectory another = TemporaryDirectory.below(parent)) {
                assertTrue(Files.exists(own.directory().resolve("a/b/c")), "its own are never abandoned");
                assertFalse(own.directory().equals(another.directory()));
            }
        }
        assertEquals(List.of(), left());
    }

    @Test
    void thatOfALivingProcessStaysAndThatOfAKilledOneGoes() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            Path directory = Path.of(String.valueOf(said.readLine()));
            TemporaryDirectory.below(parent).close();
            assertTrue(Files.exists(directory.resolve("content")));
            other.destroyForcibly().waitFor();
            TemporaryDirectory.below(parent).close();
            assertEquals(List.of(), left());
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void whatLooksLikeOneButHasNoLockIsNotTouched() throws IOException {
        Files.createDirectory(parent.resolve("segue-demo"));
        TemporaryDirectory.below(parent).close();
        assertEquals(List.of("segue-demo"), left());
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    /** Another process: makes its directory, says which, and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            TemporaryDirectory own = TemporaryDirectory.below(Path.of(args[0]));
            Files.writeString(own.directory().resolve("content"), "x");
            System.out.println(own.directory());
            int end = System.in.read();
            System.exit(end);
        }
    }
}
