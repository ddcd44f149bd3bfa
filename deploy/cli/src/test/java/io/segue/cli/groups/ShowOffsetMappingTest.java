package io.segue.cli.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.TestingShell;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.MappingJson;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.PeerMappingJson;
import io.segue.protocol.mapping.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShowOffsetMappingTest {
    private static final String PAGE = """
            Partition 0: Source offset 500-1000 → Target offset 0-500
            Partition 1: Source offset 400-800 → Target offset 0-400
            """;
    private static final MappingDocument DOCUMENT = new MappingDocument(
            "source-cluster-id",
            "target",
            1,
            List.of(mapping(0, new Run(500, 0, 500)), mapping(1, new Run(400, 0, 400))));

    private final TestingShell shell = new TestingShell();

    @TempDir
    private Path directory = Path.of("");

    private static PartitionMapping mapping(int partition, Run run) {
        TopicPartition place = new TopicPartition("orders", partition);
        return new PartitionMapping(place, place, List.of(run));
    }

    private Path write(String name, boolean peers) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            if (peers) {
                PeerMappingJson.write(out, DOCUMENT, Map.of(), List.of());
            } else {
                MappingJson.write(out, DOCUMENT);
            }
        }
        return file;
    }

    @Test
    void p1TheMappingOfAJobPrintsThePagesLines() throws IOException {
        write("segue/jobs/restore-1/mapping/mapping.json", false);

        assertEquals(0, shell.run("show-offset-mapping", "-p", directory.toString(), "--job", "restore-1"));
        assertEquals(PAGE, shell.out());
        assertEquals(0, shell.run("show-offset-mapping", "-p", directory + "/segue", "--job", "restore-1"));
        assertEquals(PAGE, shell.out());
    }

    @Test
    void aFileOfEitherKindPrintsTheSame() throws IOException {
        for (boolean peers : new boolean[] {true, false}) {
            String file = write("mapping.json", peers).toString();
            assertEquals(0, shell.run("show-offset-mapping", "--mapping-file", file));
            assertEquals(PAGE, shell.out());
            assertEquals(0, shell.run("show-offset-mapping", "--mapping-file", file, "-f", "csv"));
            assertTrue(shell.out().endsWith("orders,1,400,800,400,orders,1,0,400\n"), shell.out());
            assertEquals(0, shell.run("show-offset-mapping", "--mapping-file", file, "--output", "json"));
            assertTrue(shell.out().contains("\"target_end\" : 500"), shell.out());
        }
    }

    @Test
    void yamlIsAsReadableAsItCanBe() throws IOException {
        String file = write("mapping.json", true).toString();

        assertEquals(0, shell.run("show-offset-mapping", "--mapping-file", file, "-f", "yaml", "--topic", "orders"));
        assertTrue(shell.out().startsWith("""
                - source_topic: orders
                  source_partition: 0
                  source_from: 500
                  source_end: 1000
                  records: 500
                  target_topic: orders
                  target_partition: 0
                  target_from: 0
                  target_end: 500
                - source_topic: orders
                """), shell.out());
    }

    @Test
    void aMappingCanBeLookedAt() throws IOException {
        for (boolean peers : new boolean[] {true, false}) {
            String file = write("mapping.json", peers).toString();
            assertEquals(0, shell.run("show-offset-mapping", "--mapping-file", file, "--draw"));
            assertTrue(shell.out().startsWith(PAGE), shell.out());
            assertTrue(shell.out().contains("\n  source   500 " + "█".repeat(60) + " 1000\n"), shell.out());
            assertEquals(0, shell.run("show-offset-mapping", "--mapping-file", file, "--draw", "-f", "json"));
            assertTrue(shell.out().contains("\"source_percent\" : [ 100, 100"), shell.out());
        }
    }

    @Test
    void onlyTheTopicThatWasAskedFor() throws IOException {
        String file = write("mapping.json", false).toString();

        assertEquals(0, shell.run("show-offset-mapping", "--mapping-file", file, "--topic", "payments"));
        assertEquals("", shell.out());
        assertTrue(shell.err().contains("Nothing is mapped of [payments]"), shell.err());
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        assertEquals(2, shell.run("show-offset-mapping", "-p", directory.toString()));
        assertTrue(shell.err().contains("--mapping-file FILE"), shell.err());
        assertEquals(1, shell.run("show-offset-mapping", "-p", directory.toString(), "--job", "restore-1"));
        assertTrue(shell.err().contains("has no mapping of job restore-1"), shell.err());
        Path file = Files.writeString(directory.resolve("x.json"), "{\"a\": 1}");
        assertEquals(1, shell.run("show-offset-mapping", "--mapping-file", file.toString()));
        assertTrue(shell.err().contains("x.json in file://"), shell.err());
        assertTrue(!shell.err().contains("bug"), shell.err());
        assertEquals(2, shell.run("show-offset-mapping", "--mapping-file", file.toString(), "--output", "f.json"));
        assertTrue(shell.err().contains("expected text or json"), shell.err());
    }
}
