package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code deploy/fleet} refuses before it starts anything. */
class FleetScriptTest {
    private static final int USAGE = 2;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://x/y",
                "http://x/y",
                "s3:/bucket",
                "s3://",
                "file:relative",
                "file://host/path",
                "s3://ada:hunter2@bucket/x",
                "s3://bucket/x?endpoint=http://ada:hunter2@host",
                "s3://bucket/x?colour=red",
                "",
            })
    void aStateThatItDoesNotKnowIsAUsageError(String state) throws Exception {
        Path home = directory.resolve("fleet");
        ProcessBuilder command = new ProcessBuilder(
                        CommandLine.repository().resolve("deploy/fleet").toString(), "up", "--state", state)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        command.environment().put("SEGUE_FLEET", home.toString());
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(USAGE, process.exitValue(), said);
        assertTrue(said.contains("--state"), said);
        assertFalse(said.contains("hunter2"), said);
        assertFalse(Files.exists(home));
    }

    /** With {@code ExitOnOutOfMemoryError} a JVM exits with 3, which means that something was done in part. */
    @Test
    void noLauncherLetsTheJvmExitWithACodeOfOurs() throws Exception {
        for (String script : new String[] {"deploy/fleet", "deploy/kafka-backup"}) {
            String text = Files.readString(CommandLine.repository().resolve(script));
            assertFalse(text.contains("-XX:+ExitOnOutOfMemoryError"), script);
            assertTrue(text.contains("\"-XX:OnOutOfMemoryError=kill -9 %p\""), script);
        }
    }
}
