package io.segue.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.segue.cli.TestingShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCheckCommandTest {
    private final TestingShell shell = new TestingShell().with("BROKER", "kafka:9092");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aGoodFile() throws IOException {
        assertEquals(0, check("""
                mode: backup
                backup_id: b1
                source: {bootstrap_servers: ["${BROKER}"]}
                storage: {backend: filesystem, path: /b}
                """));
        assertEquals(file() + " is good: mode backup, backup b1\n", shell.out());
        assertEquals("", shell.err());
    }

    @Test
    void everyProblemWithItsLine() throws IOException {
        String text = """
                mode: backup
                backup_id: b1
                source:
                \tbootstrap_servers: [a:1]
                """;
        assertEquals(2, check(text));
        assertTrue(shell.err().startsWith(file() + ":4:1: error: not valid YAML"), shell.err());

        assertEquals(2, check(text.replace('\t', ' ') + """
                storage: {backend: s3, bucket: b, secret_key: geheim}
                backup: {compresion: zstd, continuous: true}
                """));
        String expected = """
                FILE:6:28: warning: backup.continuous: has no effect: a backup runs once, from the first record to the last that is committed
                     6 | backup: {compresion: zstd, continuous: true}
                       |                            ^
                FILE:5:10: error: storage.access_key: is missing beside the other key
                     5 | storage: {backend: s3, bucket: b, secret_key: ***
                       |          ^
                       = write both, or none to use the credential chain
                FILE:6:10: error: backup.compresion: unknown key
                     6 | backup: {compresion: zstd, continuous: true}
                       |          ^
                       = did you mean compression?
                2 errors and 1 warning in FILE; nothing was done
                """;
        assertEquals(expected.replace("FILE", file()), shell.err());
        assertEquals("", shell.out());
    }

    @Test
    void asJson() throws IOException {
        assertEquals(2, check("mode: backup\n", "--output", "json"));
        JsonNode result = new JsonMapper().readTree(shell.out());
        assertEquals(false, result.get("valid").asBoolean());
        assertEquals("backup_id", result.get("errors").get(0).get("key").asText());
        assertEquals(1, result.get("errors").get(0).get("line").asInt());
    }

    @Test
    void aFileThatCannotBeRead() throws IOException {
        assertEquals(
                2,
                shell.run(
                        "config", "check", "-c", directory.resolve("none.yaml").toString()));
        assertTrue(shell.err().contains("there is no file"), shell.err());
        Files.write(Path.of(file()), new byte[] {(byte) 0xFF, (byte) 0xFE});
        assertEquals(2, shell.run("config", "check", "-c", file()));
        assertTrue(shell.err().contains("is not a text file in UTF-8"), shell.err());
    }

    private int check(String text, String... options) throws IOException {
        Files.writeString(Path.of(file()), text);
        String[] args = new String[options.length + 4];
        System.arraycopy(new String[] {"config", "check", "-c", file()}, 0, args, 0, 4);
        System.arraycopy(options, 0, args, 4, options.length);
        return shell.run(args);
    }

    private String file() {
        return directory.resolve("job.yaml").toString();
    }
}
