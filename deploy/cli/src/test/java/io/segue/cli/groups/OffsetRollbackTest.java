package io.segue.cli.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.ClusterOpener;
import io.segue.cli.TestingShell;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OffsetRollbackTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private final InMemoryKafkaCluster cluster = new InMemoryKafkaCluster("target-cluster");
    private final List<KafkaConnection> opened = new ArrayList<>();
    private final TestingShell shell = new TestingShell(new ClusterOpener() {
        @Override
        public <T> T with(KafkaConnection connection, Function<KafkaCluster, T> work) {
            opened.add(connection);
            return work.apply(cluster);
        }
    });

    @TempDir
    private Path directory = Path.of("");

    private void twoGroups() {
        cluster.log("orders", 0, 0, 100);
        cluster.consumed("order-processor", "orders", 0, 10);
        cluster.consumed("audit", "orders", 0, 20);
    }

    @Test
    void p1ThePagesSnapshotAndRollback() {
        twoGroups();
        String file = directory.resolve("pre-reset-snapshot.json").toString();
        assertEquals(
                0,
                shell.run(
                        "offset-rollback",
                        "snapshot",
                        "--bootstrap-servers",
                        "target-kafka:9092",
                        "--groups",
                        "order-processor",
                        "--output",
                        file));
        assertTrue(shell.out().contains("1 offset of 1 group, in " + file), shell.out());
        cluster.consumed("order-processor", "orders", 0, 77);

        assertEquals(
                1,
                shell.run("offset-rollback", "verify", "--bootstrap-servers", "target-kafka:9092", "--snapshot", file));
        assertTrue(shell.out().contains("wrong [orders/0]"), shell.out());
        assertEquals(
                0,
                shell.run(
                        "offset-rollback", "rollback", "--bootstrap-servers", "target-kafka:9092", "--snapshot", file));

        assertTrue(shell.out().contains("order-processor  done    1 offset"), shell.out());
        assertEquals(
                Map.of(ORDERS, new Commit(10, null)),
                cluster.commits("order-processor").commits());
        assertEquals(List.of("target-kafka:9092"), opened.get(0).bootstrapServers());
    }

    @Test
    void thePeersFormKeepsSnapshotsBelowAPath() throws Exception {
        twoGroups();
        assertEquals(
                0,
                shell.run(
                        "offset-rollback",
                        "snapshot",
                        "--bootstrap-servers",
                        "a:9092,b:9092",
                        "-p",
                        directory.toString(),
                        "-d",
                        "before the move",
                        "-f",
                        "json"));
        assertTrue(shell.out().contains("\"group_count\" : 2"), shell.out());
        try (var found = Files.list(directory.resolve("offset-snapshots"))) {
            Path snapshot = found.findFirst().orElseThrow();
            assertTrue(Files.exists(snapshot.resolve("metadata.json")));
            cluster.join("audit", "app at /10.0.0.7");
            cluster.consumed("audit", "orders", 0, 55);
            cluster.consumed("order-processor", "orders", 0, 56);

            int code = shell.run(
                    "offset-rollback",
                    "rollback",
                    "--bootstrap-servers",
                    "a:9092",
                    "-p",
                    directory.toString(),
                    "-s",
                    snapshot.getFileName().toString(),
                    "--verify",
                    "-f",
                    "json");

            assertEquals(3, code);
            assertTrue(shell.out().contains("\"status\" : \"partial_success\""), shell.out());
            assertTrue(shell.out().contains("app at /10.0.0.7"), shell.out());
        }
    }

    @Test
    void aSnapshotReplacesNoFileAndSaysWhereItGoes() throws Exception {
        twoGroups();
        Path file = Files.writeString(directory.resolve("s.json"), "precious");
        assertEquals(
                2,
                shell.run("offset-rollback", "snapshot", "--bootstrap-servers", "a:9092", "--output", file.toString()));
        assertEquals("precious", Files.readString(file));
        assertEquals(2, shell.run("offset-rollback", "snapshot", "--bootstrap-servers", "a:9092"));
        assertTrue(shell.err().contains("--output FILE or -p PATH"), shell.err());
        assertTrue(opened.isEmpty());
    }

    @Test
    void aSnapshotOfAnotherClusterIsNotRolledBackTo() {
        twoGroups();
        String file = directory.resolve("s.json").toString();
        shell.run("offset-rollback", "snapshot", "--bootstrap-servers", "a:9092", "--output", file);
        InMemoryKafkaCluster other = new InMemoryKafkaCluster("other-cluster");
        TestingShell there = new TestingShell(new ClusterOpener() {
            @Override
            public <T> T with(KafkaConnection connection, Function<KafkaCluster, T> work) {
                return work.apply(other);
            }
        });

        assertEquals(2, there.run("offset-rollback", "rollback", "--bootstrap-servers", "b:9092", "--snapshot", file));
        assertTrue(there.err().contains("is of cluster target-cluster"), there.err());
    }

    @Test
    void credentialsComeFromTheEnvironmentAndAreNeverPrinted() {
        twoGroups();
        shell.with("KAFKA_USERNAME", "backup").with("KAFKA_PASSWORD", "s3cret\"");
        int code = shell.run(
                "offset-rollback",
                "snapshot",
                "--bootstrap-servers",
                "a:9092",
                "--security-protocol",
                "sasl_ssl",
                "--sasl-mechanism",
                "SCRAM-SHA512",
                "--output",
                directory.resolve("s.json").toString());

        assertEquals(0, code);
        Map<String, String> properties = opened.get(0).clientProperties();
        assertEquals("SASL_SSL", properties.get("security.protocol"));
        assertEquals("SCRAM-SHA-512", properties.get("sasl.mechanism"));
        assertTrue(properties.getOrDefault("sasl.jaas.config", "").contains("password=\"s3cret\\\"\""));
        assertFalse((shell.out() + shell.err() + opened).contains("s3cret"));
        assertEquals(
                2,
                shell.run(
                        "offset-rollback", "snapshot", "--bootstrap-servers", "a:9092", "--security-protocol", "tls"));
    }
}
