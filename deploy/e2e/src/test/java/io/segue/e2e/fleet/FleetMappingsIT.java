package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.e2e.CommandLine;
import io.segue.sandbox.S3Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fleet tells of offsets: before a restore what groups will read again, and afterwards the peer's files. */
class FleetMappingsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RECORDS = 300;

    @TempDir
    private Path directory = Path.of("");

    private final SharedFleet shared = SharedFleet.get();

    @Test
    void countsBeforeAndTellsAfterwards() throws Exception {
        // two topics into one; the groups' commits form no chain, so that no order serves both
        String config = new Workload("told", 0)
                .topic("told-left", 2, RECORDS)
                .topic("told-right", 2, RECORDS)
                .group("told-a", "told-left", 100)
                .group("told-a", "told-right", 250)
                .group("told-b", "told-left", 200)
                .group("told-b", "told-right", 50)
                .write(directory, "merge_order: cuts\ntopic_mapping: {told-left: told-all, told-right: told-all}\n")
                .toString();
        CommandLine commands = shared.commands(directory);

        JsonNode counted = plan(commands, config);

        assertEquals(4, counted.size(), counted::toString);
        counted.forEach(line -> {
            assertTrue(line.path("counted").asBoolean(), line::toString);
            assertTrue(line.path("byTimestamp").asLong() > 0, line::toString);
        });
        S3Endpoint s3 = SharedFleet.sandbox().s3();
        CommandLine alone = new CommandLine(Files.createDirectory(directory.resolve("alone")))
                .with("AWS_ACCESS_KEY_ID", s3.accessKeyId())
                .with("AWS_SECRET_ACCESS_KEY", s3.secretAccessKey());
        assertEquals(plan(alone, config), counted, "what one process counts");

        Path mapping = directory.resolve("files/offset-mapping.json");
        Path report = directory.resolve("files/restore-report.json");
        commands.run(
                        "three-phase-restore",
                        "--config",
                        config,
                        "--generate-offset-mapping",
                        "--mapping-output",
                        mapping.toString(),
                        "--report-output",
                        report.toString(),
                        "--mapping-detail",
                        "records")
                .expect(0);

        JsonNode written = JSON.readTree(report.toFile());
        assertEquals(4L * RECORDS, written.path("records_restored").asLong());
        for (JsonNode told : new JsonNode[] {JSON.readTree(mapping.toFile()), written.path("offset_mapping")}) {
            for (String target : new String[] {"told-all/0", "told-all/1"}) {
                JsonNode points = told.path("detailed_mappings").path(target);
                assertEquals(2 * RECORDS, points.size(), target);
                for (int i = 0; i < points.size(); i++) {
                    assertEquals(i, points.path(i).path("target_offset").asInt(), target);
                }
            }
            assertEquals(2, told.path("consumer_groups").size());
        }
    }

    private static JsonNode plan(CommandLine commands, String config) throws Exception {
        String out = commands.run("restore", "--config", config, "--dry-run", "--output", "json")
                .expect(0)
                .out();
        return JSON.readTree(out).path("readAgain");
    }
}
