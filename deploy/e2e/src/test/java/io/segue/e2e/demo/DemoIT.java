package io.segue.e2e.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo in small: real brokers, a real S3 server, a restore that is really killed. */
class DemoIT {
    private final Path kafkaBackup =
            Path.of("..", "kafka-backup").toAbsolutePath().normalize();

    @Test
    void everyRecordOnceAndEveryGroupAtItsRecord() throws InterruptedException {
        List<Result> results = new ArrayList<>();
        int exit = DemoMain.run(
                new DemoOptions(DemoOptions.FEWEST_RECORDS, false, kafkaBackup),
                new Story(System.out),
                (stage, result) -> {
                    results.add(result);
                    aSecondRestoreIsRefusedAsLookingAroundSays(stage);
                });
        assertEquals(1, results.size(), "the demo did not come to its end");
        Result result = results.get(0);
        assertEquals(List.of(), result.findings());
        assertEquals(
                List.of("worker-2", "coordinator-1"),
                result.deaths().stream().map(RestoreAct.Death::name).toList());
        result.deaths()
                .forEach(death -> assertTrue(death.records() > 0 && death.records() < result.records(), result::table));
        assertEquals(GroupSpec.all().size(), result.proof().exactGroups());
        assertEquals(0, exit);
    }

    /** The commands as they are printed, in a shell that knows nothing else. */
    private void aSecondRestoreIsRefusedAsLookingAroundSays(Stage stage) {
        List<String> lines = LookAround.prepare(stage, kafkaBackup)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("set -a;") || line.startsWith(kafkaBackup + " restore "))
                .toList();
        assertEquals(2, lines.size(), lines::toString);
        try {
            Process shell = new ProcessBuilder("bash", "-c", String.join("\n", lines))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertNotEquals(0, shell.waitFor(), said);
            assertTrue(said.contains("restoring again would double every record"), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
