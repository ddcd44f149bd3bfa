package io.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaBackupMainTest {
    private final TestingShell shell = new TestingShell();

    @Test
    void helpIsAResultAndItsAbsenceAMistake() {
        assertEquals(0, shell.run("--help"));
        assertTrue(shell.out().contains("Exit codes:"), shell.out());
        assertEquals("", shell.err());

        assertEquals(2, shell.run());
        assertTrue(shell.err().startsWith("Usage: kafka-backup"), shell.err());
        assertEquals("", shell.out());

        assertEquals(2, shell.run("config"));
        assertTrue(shell.err().startsWith("Usage: kafka-backup config"), shell.err());
    }

    @Test
    void versionIsAResult() {
        assertEquals(0, shell.run("-V"));
        assertTrue(shell.out().startsWith("kafka-backup (Segue) "), shell.out());
    }

    @Test
    void whatIsMisspelledIsSuggested() {
        assertMistake("Did you mean: kafka-backup list", "lst");
        assertMistake("Possible solutions: --deep", "validate", "-p", "/x", "-b", "b", "--dep");
        assertMistake("Instead of --pth, did you mean --path?", "list", "--pth", "/x");
        assertMistake("Missing required option: '--backup-id=ID'", "describe", "-p", "/x");
        assertMistake("is no store that Segue knows", "list", "-p", "ftp://x");
    }

    private void assertMistake(String told, String... args) {
        assertEquals(2, shell.run(args));
        assertTrue(shell.err().contains(told), shell.err());
        assertEquals("", shell.out());
    }

    @Test
    void globalOptionsStandBeforeAndAfterTheCommand(@TempDir Path empty) {
        String expected =
                "{\n  \"store\" : \"" + empty.toUri().toString().replaceAll("/$", "") + "\",\n  \"backups\" : [ ]\n}\n";
        assertEquals(0, shell.run("-v", "--output", "json", "list", "-p", empty.toString()));
        assertEquals(expected, shell.out());
        assertEquals(0, shell.run("list", "-p", empty.toString(), "--output=json"));
        assertEquals(expected, shell.out());
    }

    @Test
    void aFailureOfTheEnvironmentIsOneLineWithoutATrace(@TempDir Path empty) {
        assertEquals(1, shell.run("describe", "-p", empty.toString(), "-b", "none"));
        assertTrue(shell.err().startsWith("Error: file://"), shell.err());
        assertEquals(1, shell.err().lines().count(), shell.err());
    }
}
