package io.segue.cli.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.TestingShell;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingBundleJson;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MapOffsetTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicPartition RESTORED = new TopicPartition("restored", 0);

    private final TestingShell shell = new TestingShell();

    @TempDir
    private Path directory = Path.of("");

    private String mapping = "";

    @BeforeEach
    void mapping() throws IOException {
        Path file = directory.resolve("m.json");
        MappingDocument document = new MappingDocument(
                "s",
                "t",
                1,
                List.of(new PartitionMapping(ORDERS, RESTORED, List.of(new Run(500, 0, 100), new Run(700, 100, 5)))));
        try (OutputStream out = Files.newOutputStream(file)) {
            MappingBundleJson.write(
                    out,
                    new MappingBundle(
                            "m",
                            document,
                            Map.of(new TopicPartition("orders", 1), new TopicPartition("restored", 1)),
                            List.of(),
                            Optional.empty()));
        }
        mapping = file.toString();
    }

    @Test
    void oneOffset() {
        String[] command = {
            "map-offset", "--mapping-file", mapping, "--topic", "orders", "--partition", "0", "--offset", "650"
        };
        assertEquals(0, shell.run(command), shell.err());
        assertEquals("restored/0 100 in_gap", shell.out().strip());
        command[6] = "1";
        assertEquals(1, shell.run(command));
        assertTrue(shell.err().contains("orders/1: the backup holds nothing of it"), shell.err());
    }

    @Test
    void aFileOfThem() throws IOException {
        Path in = Files.writeString(
                directory.resolve("in.csv"),
                "topic,partition,offset\norders,0,0\norders,0,550\norders,0,705\nclicks,0,1\n");
        Path out = directory.resolve("out.csv");

        assertEquals(
                3,
                shell.run(
                        "map-offset", "--mapping-file", mapping, "--input", in.toString(), "--output", out.toString()),
                shell.err());

        assertEquals("""
                topic,partition,offset,target_topic,target_partition,target_offset,kind
                orders,0,0,restored,0,0,before_start
                orders,0,550,restored,0,50,exact
                orders,0,705,restored,0,105,past_end
                clicks,0,1,,,,"it was not restored"
                """, Files.readString(out));
    }

    @Test
    void misuseIsUsage() throws IOException {
        assertEquals(2, shell.run("map-offset", "--mapping-file", mapping));
        Path in = Files.writeString(directory.resolve("in.csv"), "orders,zero,1\n");
        assertEquals(2, shell.run("map-offset", "--mapping-file", mapping, "--input", in.toString()));
        assertTrue(shell.err().contains("line 1 is not topic,partition,offset"), shell.err());
        shell.with("SEGUE_HOME", directory.resolve("home").toString());
        assertEquals(
                2, shell.run("map-offset", "--job", "restore-1", "--topic", "o", "--partition", "0", "--offset", "1"));
        assertTrue(shell.err().contains("--mapping-file"), shell.err());
    }
}
