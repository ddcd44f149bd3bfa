package io.segue.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.KafkaBackupMain;
import io.segue.cli.client.TestingFleet;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The death of the command that follows a job, as a process. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class InterruptedFollowTest {
    private static final String JOB = "restore-1";

    /** A command that shows what the job says, up to a line. */
    private static Process following(TestingFleet fleet) throws Exception {
        fleet.jobs().put(TestingFleet.running(JOB, "Phase 1: Restore Data"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaBackupMain.class.getName(),
                        "jobs",
                        "follow",
                        JOB,
                        "--coordinator",
                        fleet.urls())
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitLine(BufferedReader output, String text) throws Exception {
        String line = output.readLine();
        while (line != null && !line.contains(text)) {
            line = output.readLine();
        }
        assertTrue(line != null, () -> "never printed: " + text);
    }

    @Test
    void aSignalEndsTheCommandNotTheJob() throws Exception {
        try (TestingFleet fleet = new TestingFleet()) {
            Process process = following(fleet);
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                awaitLine(output, "Phase 1: Restore Data");

                // Process.destroy would close the stream that is read
                process.toHandle().destroy();

                awaitLine(
                        output, "The job goes on in the fleet; follow it again with: kafka-backup jobs follow " + JOB);
                assertTrue(process.waitFor(60, TimeUnit.SECONDS));
                assertEquals(4, process.exitValue());
                assertEquals(List.of(), fleet.jobs().commands(JOB));
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
