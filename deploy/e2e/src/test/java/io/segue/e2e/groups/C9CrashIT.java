package io.segue.e2e.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.KafkaBackupMain;
import io.segue.cli.Shell;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingBundleJson;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * C9: the process dies between snapshot and reset, during the reset, before and after a commit that it does not hear of any
 * more, and during the rollback. What is run again ends as if nobody had died.
 */
class C9CrashIT {
    private static final int GROUPS = 12;
    private static final int RECORDS = 100;

    private final TargetCluster target = new TargetCluster();
    private final String topic = TargetCluster.unique("c9");
    private final TopicPartition partition = new TopicPartition(topic, 0);
    private final Map<String, GroupCommits> source = new TreeMap<>();
    private final Map<String, Long> before = new TreeMap<>();
    private final Map<String, Long> wanted = new TreeMap<>();

    @TempDir
    private Path home = Path.of("");

    @AfterEach
    void close() throws Exception {
        target.close();
    }

    /** Half of the groups had an offset on the target, half had none. */
    private Path groups() throws Exception {
        target.cluster.createTopic(topic, 1, 3, Map.of());
        target.plain.produce(topic, 0, 0, RECORDS);
        for (int i = 0; i < GROUPS; i++) {
            String id = topic + "-group-" + (char) ('a' + i);
            source.put(id, new GroupCommits(id, Map.of(partition, new Commit(1000 + 5 * i, null))));
            wanted.put(id, 5L * i);
            if (i % 2 == 0) {
                target.cluster.commit(new GroupCommits(id, Map.of(partition, new Commit(RECORDS - i, null))));
                before.put(id, (long) RECORDS - i);
            }
        }
        Path file = home.resolve("mapping.json");
        MappingDocument mapping = new MappingDocument(
                "source",
                target.cluster.clusterId(),
                1,
                List.of(new PartitionMapping(partition, partition, List.of(new Run(1000, 0, RECORDS)))));
        try (OutputStream out = Files.newOutputStream(file)) {
            MappingBundleJson.write(
                    out,
                    new MappingBundle(
                            "c9", mapping, Map.of(), List.of(target.servers.split(",")), Optional.of(source)));
        }
        return file;
    }

    private Map<String, Long> committed() {
        Map<String, Long> offsets = new TreeMap<>();
        target.cluster
                .commits(source.keySet())
                .forEach((id, found) -> found.commits().values().forEach(commit -> offsets.put(id, commit.offset())));
        return offsets;
    }

    private String run(String... command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = KafkaBackupMain.run(
                new Shell(Map.of("SEGUE_HOME", home.toString()), out, out, Optional.empty(), home, System::nanoTime),
                command);
        assertEquals(0, code, said::toString);
        return said.toString(StandardCharsets.UTF_8);
    }

    private int moved() {
        Map<String, Long> now = committed();
        return (int) wanted.entrySet().stream()
                .filter(entry -> entry.getValue().equals(now.get(entry.getKey())))
                .count();
    }

    @Test
    void diesAnywhereAndEndsTheSame() throws Exception {
        String[] reset = {"offset-reset", "execute", "--strategy", "from-mapping", "--mapping-file", groups().toString()
        };

        DyingCommand.dies(home, "commit", 1, "before", reset);
        assertEquals(before, committed(), "a snapshot stands, nothing else has happened");
        assertEquals(1, snapshots());

        DyingCommand.dies(home, "commit", 4, "after", reset);
        int some = moved();
        assertTrue(some >= 1 && some < GROUPS, some + " groups were reset");

        String said = run(reset);
        assertEquals(wanted, committed());
        assertEquals(1, snapshots(), "the snapshot is the one from before anything was changed");

        Matcher id = Pattern.compile("reset-[0-9a-z-]+").matcher(said);
        assertTrue(id.find(), said);
        String[] rollback = {"offset-rollback", "rollback", "--bootstrap-servers", target.servers, "--reset", id.group()
        };
        DyingCommand.dies(home, "deleteCommits", 4, "after", rollback);
        int left = moved();
        assertTrue(left >= 1 && left < GROUPS, left + " groups still stand where the reset put them");

        run(rollback);
        assertEquals(before, committed());
    }

    private long snapshots() throws IOException {
        try (var files = Files.walk(home.resolve("resets"))) {
            return files.filter(file -> file.endsWith("snapshot.json")).count();
        }
    }
}
