package io.segue.e2e.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two rounds of {@code deploy/chaos}: every pair of age, compression and kind of topic. {@code -Dsegue.chaos.rounds=…} and
 * {@code -Dsegue.chaos.seed=…} for more and others.
 */
class ChaosIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void nothingIsLostDoubledOrSkipped() throws Exception {
        int rounds = Integer.getInteger("segue.chaos.rounds", 2);
        ChaosOptions options = new ChaosOptions(
                Long.getLong("segue.chaos.seed", 20261130L),
                rounds,
                60,
                12_000,
                CommandLine.repository().resolve("deploy/kafka-backup"));
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        boolean exact = ChaosMain.run(options, directory, new PrintStream(told, true, StandardCharsets.UTF_8));
        String story = told.toString(StandardCharsets.UTF_8);
        assertTrue(exact, story);
        assertEquals(
                rounds, story.lines().filter(line -> line.contains(": exact: ")).count(), story);
    }
}
