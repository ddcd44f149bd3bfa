package io.segue.cli.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.ClusterOpener;
import io.segue.cli.TestingShell;
import io.segue.coordinator.groups.HeaderScans;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingBundleJson;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.PeerMappingJson;
import io.segue.protocol.mapping.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's reset commands, on a cluster in memory: source offsets 500-1000 stand at 0-500, 400-800 at 0-400. */
final class OffsetResetTest {
    private static final TopicPartition ZERO = new TopicPartition("orders", 0);
    private static final TopicPartition ONE = new TopicPartition("orders", 1);

    private final InMemoryKafkaCluster cluster = new InMemoryKafkaCluster("target-cluster");
    private final List<KafkaConnection> opened = new ArrayList<>();
    private final TestingShell shell = new TestingShell(new ClusterOpener() {
        @Override
        public <T> T with(KafkaConnection connection, Function<KafkaCluster, T> work) {
            opened.add(connection);
            return work.apply(cluster);
        }

        @Override
        public HeaderScans headers(KafkaConnection connection) {
            return (target, log, topic, source) -> new HeaderScans.Scanned(
                    target,
                    List.of(new PartitionMapping(
                            new TopicPartition(topic, target.partition()),
                            target,
                            List.of(target.partition() == 0 ? new Run(500, 0, 500) : new Run(400, 0, 400)))),
                    log.highWatermark(),
                    0,
                    List.of("source-cluster-id"),
                    null);
        }
    });

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void restored() {
        shell.with("SEGUE_HOME", directory.resolve("home").toString());
        cluster.log("orders", 0, 0, 500);
        cluster.log("orders", 1, 0, 400);
    }

    private String mapping() throws IOException {
        Path file = directory.resolve("offset-mapping.json");
        MappingDocument document = new MappingDocument(
                "source-cluster-id",
                "target-cluster",
                1,
                List.of(
                        new PartitionMapping(ZERO, ZERO, List.of(new Run(500, 0, 500))),
                        new PartitionMapping(ONE, ONE, List.of(new Run(400, 0, 400)))));
        try (OutputStream out = Files.newOutputStream(file)) {
            MappingBundleJson.write(
                    out,
                    new MappingBundle(
                            "m",
                            document,
                            Map.of(),
                            List.of("target-kafka:9092"),
                            Optional.of(Map.of(
                                    "order-processor",
                                    group("order-processor", 1000, 700),
                                    "it's; rm -rf /",
                                    group("it's; rm -rf /", 600, 500)))),
                    PeerMappingJson.Detail.RUNS);
        }
        return file.toString();
    }

    private static GroupCommits group(String id, long zero, long one) {
        return new GroupCommits(id, Map.of(ZERO, new Commit(zero, "m"), ONE, new Commit(one, null)));
    }

    private Map<TopicPartition, Commit> committed(String group) {
        return cluster.commits(group).commits();
    }

    @Test
    void p1SolutionFourNamesNeitherClusterNorBackup() throws IOException {
        int code = shell.run(
                "offset-reset",
                "execute",
                "--strategy",
                "from-mapping",
                "--mapping-file",
                mapping(),
                "--groups",
                "order-processor");

        assertEquals(0, code, shell.err());
        assertEquals(List.of("target-kafka:9092"), opened.get(0).bootstrapServers());
        assertEquals(Map.of(ZERO, new Commit(500, "m"), ONE, new Commit(300, null)), committed("order-processor"));
        assertTrue(shell.out().contains("1 of 1 group complete, 2 offsets set"), shell.out());
    }

    @Test
    void p1PlanReviewExecute() throws IOException {
        Path snapshot = directory.resolve("consumer-groups-snapshot.json");
        Files.writeString(
                snapshot,
                "{\"groups\":[{\"group_id\":\"order-processor\",\"offsets\":{\"orders\":{\"0\":1000,\"1\":800}}}]}");
        String plan = directory.resolve("reset-plan.json").toString();

        assertEquals(
                0,
                shell.run(
                        "offset-reset",
                        "plan",
                        "--bootstrap-servers",
                        "target-kafka:9092",
                        "--groups",
                        "order-processor",
                        "--strategy",
                        "header-based",
                        "--source-cluster",
                        "source-cluster-id",
                        "--source-snapshot",
                        snapshot.toString(),
                        "--output",
                        plan),
                shell.err());
        assertTrue(shell.out().contains("order-processor  orders/0     1000    -  500  past end"), shell.out());
        assertTrue(Files.readString(Path.of(plan)).contains("\"strategy\" : \"header-based\""));
        assertEquals(Map.of(), committed("order-processor"));

        String[] execute = {"offset-reset", "execute", "--plan", plan, "--bootstrap-servers", "target-kafka:9092"};
        assertEquals(0, shell.run(execute), shell.err());
        assertEquals(Map.of(ZERO, new Commit(500, null), ONE, new Commit(400, null)), committed("order-processor"));

        // c1: again, and once the group has gone on
        cluster.log("orders", 0, 0, 510);
        cluster.consumed("order-processor", "orders", 0, 505);
        assertEquals(0, shell.run(execute), shell.err());
        assertEquals(new Commit(505, null), committed("order-processor").get(ZERO));
    }

    @Test
    void aPlanForAnotherWorldIsRefused() throws IOException {
        String plan = directory.resolve("plan.json").toString();
        shell.run("offset-reset", "plan", "--mapping-file", mapping(), "--output", plan);
        cluster.deleteTopic("orders");
        cluster.log("orders", 0, 0, 500);
        cluster.log("orders", 1, 0, 400);

        assertEquals(1, shell.run("offset-reset", "execute", "--plan", plan));
        assertTrue(shell.out().contains("deleted and made again"), shell.out());
        assertEquals(Map.of(), committed("order-processor"));
    }

    @Test
    void whatIsMissingIsSaidWithTheFlagsThatHelp() throws IOException {
        assertEquals(2, shell.run("offset-reset", "plan"));
        assertTrue(shell.err().contains("--bootstrap-servers"), shell.err());
        assertEquals(2, shell.run("offset-reset", "plan", "--bootstrap-servers", "a:1", "--groups", "g"));
        assertTrue(shell.err().contains("--source-snapshot"), shell.err());
        assertEquals(2, shell.run("offset-reset", "plan", "--mapping-file", mapping(), "--strategy", "guess"));
        assertTrue(shell.err().contains("header-based, from-mapping, timestamp"), shell.err());
        assertEquals(2, shell.run("offset-reset", "plan", "--mapping-file", mapping(), "--strategy", "timestamp"));
        assertTrue(shell.err().contains("needs --timestamp"), shell.err());
        assertEquals(2, shell.run("offset-reset", "plan", "--mapping-file", mapping(), "--groups", "typo-*"));
        assertTrue(shell.err().contains("no group matches [typo-*]"), shell.err());
        assertEquals(2, shell.run("offset-reset", "plan", "--mapping-file", mapping(), "--source-cluster", "another"));
        assertTrue(shell.err().contains("is of source cluster source-cluster-id"), shell.err());
    }

    @Test
    void groupsMayStandInAFileAndHaveStrategiesOfTheirOwn() throws IOException {
        Path file = Files.writeString(directory.resolve("groups.txt"), "# ours\n\norder-*\n");

        assertEquals(
                0,
                shell.run(
                        "offset-reset-bulk",
                        "--mapping-file",
                        mapping(),
                        "--groups-file",
                        file.toString(),
                        "--special",
                        "order-processor/orders=earliest",
                        "--format",
                        "json"),
                shell.err());
        assertTrue(shell.out().contains("\"status\" : \"success\""), shell.out());
        assertEquals(Map.of(ZERO, new Commit(0, null), ONE, new Commit(0, null)), committed("order-processor"));
    }

    @Test
    void anActiveGroupIsBlockedAndTheExitCodeSaysSo() throws IOException {
        cluster.join("order-processor", "app at /10.0.0.7");

        assertEquals(3, shell.run("offset-reset", "execute", "--mapping-file", mapping()));
        assertTrue(shell.out().contains("app at /10.0.0.7"), shell.out());
        assertEquals(Map.of(), committed("order-processor"));
        assertEquals(2, committed("it's; rm -rf /").size());
    }

    @Test
    void csvAndScriptQuoteWhateverAGroupIsCalled() throws Exception {
        assertEquals(0, shell.run("offset-reset", "plan", "--mapping-file", mapping(), "--format", "csv"));
        assertTrue(
                shell.out().contains("\"it's; rm -rf /\",orders,0,600,100,from-mapping,orders,0,,exact,0,400,,"),
                shell.out());

        Path script = directory.resolve("reset.sh");
        assertEquals(0, shell.run("offset-reset", "script", "--mapping-file", mapping(), "-o", script.toString()));
        assertTrue(Files.isExecutable(script));
        Path tool = Files.writeString(directory.resolve("tool"), "#!/bin/sh\necho \"$@\"; cat \"$7\"\n");
        assertTrue(tool.toFile().setExecutable(true));
        ProcessBuilder bash = new ProcessBuilder("bash", script.toString());
        bash.environment().put("KAFKA_CONSUMER_GROUPS", tool.toString());
        Process process = bash.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        assertTrue(printed.contains("--group it's; rm -rf / --reset-offsets --from-file"), printed);
        assertTrue(printed.contains("orders,0,100\norders,1,100\n"), printed);
    }

    @Test
    void c8ARollbackKnowsTheResetThatItUndoes() throws IOException {
        cluster.consumed("order-processor", "orders", 0, 7);
        String before = directory.resolve("before.json").toString();
        shell.run(
                "offset-rollback",
                "snapshot",
                "--bootstrap-servers",
                "t:1",
                "--groups",
                "order-processor",
                "--output",
                before);
        shell.run("offset-reset", "execute", "--mapping-file", mapping(), "--groups", "order-processor");
        String[] rollback = {"offset-rollback", "rollback", "--bootstrap-servers", "t:1", "--snapshot", before};
        cluster.log("orders", 0, 0, 600);
        cluster.consumed("order-processor", "orders", 0, 550);

        assertEquals(1, shell.run(rollback));
        assertTrue(shell.out().contains("moved on"), shell.out());
        assertTrue(shell.err().contains("Undoing reset-"), shell.err());
        assertEquals(
                0,
                shell.run(
                        "offset-rollback", "rollback", "--bootstrap-servers", "t:1", "--snapshot", before, "--force"));
        assertEquals(Map.of(ZERO, new Commit(7, null)), committed("order-processor"));
    }

    @Test
    void aResetsOwnSnapshotCanBeGoneBackTo() throws IOException {
        shell.run("offset-reset", "execute", "--mapping-file", mapping());
        String err = shell.err();
        String id = err.substring(err.indexOf("reset-"), err.indexOf("reset-") + 18);

        assertEquals(
                0, shell.run("offset-rollback", "rollback", "--bootstrap-servers", "t:1", "--reset", id), shell.err());
        assertEquals(Map.of(), committed("order-processor"));
        assertFalse(shell.out().contains("Differs"), shell.out());
    }

    @Test
    void thePeersListShowAndDelete() {
        cluster.consumed("order-processor", "orders", 0, 7);
        String path = directory.resolve("store").toString();
        shell.run("offset-rollback", "snapshot", "--bootstrap-servers", "t:1", "-p", path, "-d", "before the move");

        assertEquals(0, shell.run("offset-rollback", "list", "-p", path));
        assertTrue(shell.out().contains("before the move"), shell.out());
        String id = shell.out().lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
        assertEquals(0, shell.run("offset-rollback", "show", "-p", path, "-s", id));
        assertTrue(shell.out().contains("order-processor  orders/0        7"), shell.out());
        assertEquals(0, shell.run("offset-rollback", "delete", "-p", path, "-s", id));
        assertEquals(1, shell.run("offset-rollback", "delete", "-p", path, "-s", id));
        assertEquals(0, shell.run("offset-rollback", "list", "-p", path, "-f", "json"));
        assertEquals("[ ]", shell.out().strip());
    }
}
