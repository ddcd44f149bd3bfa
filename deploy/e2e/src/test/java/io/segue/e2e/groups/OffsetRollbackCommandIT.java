package io.segue.e2e.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.KafkaBackupMain;
import io.segue.cli.Shell;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mission page's snapshot and rollback commands, as they stand there, on real brokers. */
class OffsetRollbackCommandIT {
    private final TargetCluster target = new TargetCluster();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void close() throws Exception {
        target.close();
    }

    private int run(Path directory, String... args) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return KafkaBackupMain.run(new Shell(Map.of(), out, out, Optional.empty(), directory, System::nanoTime), args);
    }

    @Test
    void p1SnapshotBeforeRollbackAfter(@TempDir Path directory) {
        String topic = TargetCluster.unique("orders");
        String group = TargetCluster.unique("order-processor");
        TopicPartition had = new TopicPartition(topic, 0);
        TopicPartition hadNot = new TopicPartition(topic, 1);
        target.cluster.createTopic(topic, 2, 3, Map.of());
        target.cluster.commit(new GroupCommits(group, Map.of(had, new Commit(0, "kept"))));
        String file = directory.resolve("pre-reset-snapshot.json").toString();

        assertEquals(
                0,
                run(
                        directory,
                        "offset-rollback",
                        "snapshot",
                        "--bootstrap-servers",
                        target.servers,
                        "--groups",
                        group,
                        "--output",
                        file),
                printed::toString);
        target.cluster.commit(new GroupCommits(group, Map.of(had, new Commit(9, null), hadNot, new Commit(8, null))));
        assertEquals(
                1,
                run(directory, "offset-rollback", "verify", "--bootstrap-servers", target.servers, "--snapshot", file));
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains("extra [" + hadNot + "]"), printed::toString);
        assertEquals(
                0,
                run(
                        directory,
                        "offset-rollback",
                        "rollback",
                        "--bootstrap-servers",
                        target.servers,
                        "--snapshot",
                        file),
                printed::toString);

        assertEquals(
                Map.of(had, new Commit(0, "kept")),
                target.cluster.commits(group).commits());
    }
}
