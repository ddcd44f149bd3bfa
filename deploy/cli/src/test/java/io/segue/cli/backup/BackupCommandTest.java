package io.segue.cli.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.TestingShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupCommandTest {
    private final TestingShell shell = new TestingShell();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aFileForARestoreIsRefused() throws IOException {
        assertEquals(2, backUp("""
                mode: restore
                backup_id: b1
                target: {bootstrap_servers: ["localhost:1"]}
                storage: {backend: filesystem, path: STORE}
                """));
        assertTrue(shell.err().contains("is not for a backup; write mode: backup and a source"), shell.err());
    }

    @Test
    void aFileWithProblemsIsRefused() throws IOException {
        assertEquals(2, backUp("mode: backup\n"));
        assertTrue(shell.err().contains("nothing was done"), shell.err());
    }

    @Test
    void aSourceThatHasNoAddressIsNamedAndNothingIsWritten() throws IOException {
        assertEquals(1, backUp("""
                mode: backup
                backup_id: b1
                source: {bootstrap_servers: ["no-such-host.invalid:9092"]}
                storage: {backend: filesystem, path: STORE}
                """));
        assertTrue(shell.err().contains("no-such-host.invalid:9092"), shell.err());
        try (var written = Files.list(store())) {
            assertEquals(List.of(), written.toList());
        }
    }

    private int backUp(String config) throws IOException {
        Files.createDirectories(store());
        Path file = directory.resolve("backup.yaml");
        Files.writeString(file, config.replace("STORE", store().toString()));
        return shell.run("backup", "--config", file.toString());
    }

    private Path store() {
        return directory.resolve("store");
    }
}
