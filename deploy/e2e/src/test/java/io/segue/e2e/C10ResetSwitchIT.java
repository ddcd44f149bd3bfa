package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C10, B9: a restore resets groups only where a switch says so, and then as its strategy says. */
class C10ResetSwitchIT {
    private static final String GROUP = "c10-billing";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void namedGroupsStayAndThreePhasesResetThem() throws Exception {
        long now = System.currentTimeMillis();
        List<SegmentRecord> records = IntStream.range(0, 100)
                .mapToObj(i -> Archives.record(i, now + i, "k" + i, "v" + i))
                .toList();
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition("c10", 0, SegmentCompression.ZSTD, 400, records)
                    .groups(Map.of(GROUP, Map.of("c10", Map.of(0, 40L))))
                    .write();
        }
        CommandLine commands = new CommandLine(directory);

        CommandLine.Ended refused = commands.run("restore", "--config", config("kept", "header-based", "else"))
                .expect(2);
        assertTrue(refused.err().contains("offset_reset.source_cluster is 'else'"), refused.err());

        CommandLine.Ended kept = commands.run("restore", "--config", config("kept", "header-based", "source-cluster"))
                .expect(0);
        assertTrue(kept.err().contains("no committed offset is touched"), kept.err());
        assertEquals(Map.of(), committed());

        commands.run("three-phase-restore", "--config", config("exact", "header-based", "source-cluster"))
                .expect(0);
        assertEquals(Map.of("exact-0", 40L), committed());

        Path latest = Path.of(config("chosen", "latest", ""));
        commands.run("three-phase-restore", "--config", latest.toString()).expect(0);
        assertEquals(Map.of("exact-0", 40L, "chosen-0", 100L), committed());
    }

    private String config(String topic, String strategy, String cluster) throws Exception {
        Path file = Configs.restore(directory, bootstrap(), "b1", "topic_mapping: {c10: " + topic + "}\n");
        String source = cluster.isEmpty() ? "" : ", source_cluster: " + cluster;
        Files.writeString(
                file,
                Files.readString(file) + "offset_reset: {strategy: " + strategy + source + ", groups: [" + GROUP
                        + "]}\n");
        return file.toString();
    }

    private static Map<String, Long> committed() throws Exception {
        return Groups.committed(bootstrap(), GROUP).entrySet().stream()
                .collect(Collectors.toMap(
                        at -> at.getKey().toString(), at -> at.getValue().offset()));
    }

    private static String bootstrap() {
        return SharedSandbox.three().target().orElseThrow().bootstrapServers();
    }
}
