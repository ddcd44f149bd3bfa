package io.segue.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.TestingShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListAndDescribeTest {
    private final TestingShell shell = new TestingShell();

    @Test
    void listsWhatCanBeReadAndNamesWhatCannot(@TempDir Path directory) throws IOException {
        assertEquals(0, shell.run("list", "-p", directory.toString()));
        assertTrue(shell.out().startsWith("No backups found in file://"), shell.out());

        new TestingBackup(directory);
        assertEquals(0, shell.run("list", "-p", directory.toString()));
        assertTrue(shell.out().matches("""
                BACKUP  CREATED               TOPICS  PARTITIONS  SEGMENTS  RECORDS  +SIZE
                b1      2023-11-14 22:13:20Z       2           1         2       20  \\d+ B
                """), shell.out());

        Files.createDirectories(directory.resolve("nested/b2"));
        Files.writeString(directory.resolve("nested/b2/manifest.json"), "{\"backup_id\": 5}");
        assertEquals(3, shell.run("list", "-p", directory.toString()));
        assertTrue(shell.out().contains("Unreadable: nested/b2: nested/b2/manifest.json"), shell.out());
        assertEquals(0, shell.run("list", "-p", directory.toString(), "-b", "b1"));
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("missing");
        Path file = Files.writeString(directory.resolve("file"), "");
        for (Path wrong : List.of(missing, file)) {
            for (String[] command : new String[][] {
                {"list", "-p", wrong.toString()},
                {"describe", "-p", wrong.toString(), "-b", "b1"},
                {"validate", "-p", wrong.toString(), "-b", "b1"}
            }) {
                assertEquals(2, shell.run(command));
                assertEquals("Error: there is no directory " + wrong + ": check --path\n", shell.err());
                assertEquals("", shell.out());
            }
        }
    }

    @Test
    void describesInThreeForms(@TempDir Path directory) throws IOException {
        TestingBackup backup = new TestingBackup(directory);
        assertEquals(0, shell.run("describe", "-p", "file://" + directory, "-b", "b1"));
        assertTrue(shell.out().contains("Source       cluster cluster-1\n"), shell.out());
        assertTrue(shell.out().contains("Groups       none recorded\n"), shell.out());
        assertTrue(
                shell.out().contains("Gap: orders/0 offsets 0 to 99 could not be read: offset_out_of_range"),
                shell.out());
        assertTrue(
                shell.out().contains("orders          0         2       20           100          119"), shell.out());

        String manifest = Files.readString(directory.resolve("b1/manifest.json"));
        assertEquals(0, shell.run("describe", "-p", directory.toString(), "-b", "b1", "-f", "json"));
        assertEquals(manifest.strip(), shell.out().strip());
        assertEquals(0, shell.run("describe", "-p", directory.toString(), "-b", "b1", "--output", "json"));
        assertEquals(manifest.strip(), shell.out().strip());

        assertEquals(0, shell.run("describe", "-p", directory.toString(), "-b", "b1", "-f", "yaml"));
        assertTrue(shell.out().startsWith("backup_id: b1\ncreated_at: 1700000000000\n"), shell.out());
        assertTrue(shell.out().contains("- key: " + backup.key(0) + "\n"), shell.out());
    }
}
