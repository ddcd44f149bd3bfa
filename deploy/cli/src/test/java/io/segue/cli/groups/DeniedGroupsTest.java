package io.segue.cli.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reset says before it begins, and that a dry run ends there. */
final class DeniedGroupsTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private final InMemoryKafkaCluster cluster = new InMemoryKafkaCluster("target-cluster");
    private final TestingShell shell = new TestingShell(new ClusterOpener() {
        @Override
        public <T> T with(KafkaConnection connection, Function<KafkaCluster, T> work) {
            return work.apply(cluster);
        }

        @Override
        public HeaderScans headers(KafkaConnection connection) {
            return (target, log, topic, source) -> {
                throw new AssertionError("nothing is to be scanned");
            };
        }
    });

    @TempDir
    private Path directory = Path.of("");

    private String mapping = "";

    @BeforeEach
    void restored() throws IOException {
        shell.with("SEGUE_HOME", directory.resolve("home").toString());
        cluster.log("orders", 0, 0, 100);
        Path file = directory.resolve("offset-mapping.json");
        MappingDocument document = new MappingDocument(
                "source-cluster",
                "target-cluster",
                1,
                List.of(new PartitionMapping(ORDERS, ORDERS, List.of(new Run(500, 0, 100)))));
        Map<String, GroupCommits> groups = Map.of(
                "allowed", new GroupCommits("allowed", Map.of(ORDERS, new Commit(540, null))),
                "secret", new GroupCommits("secret", Map.of(ORDERS, new Commit(550, null))));
        try (OutputStream out = Files.newOutputStream(file)) {
            MappingBundleJson.write(
                    out,
                    new MappingBundle("m", document, Map.of(), List.of("target:9092"), Optional.of(groups)),
                    PeerMappingJson.Detail.RUNS);
        }
        mapping = file.toString();
        cluster.groupOnly("secret", Set.of());
    }

    @Test
    void aDryRunSaysWhatWouldBeRefusedAndChangesNothing() {
        for (String command : List.of("offset-reset execute", "offset-reset-bulk")) {
            String[] line = (command + " --dry-run --mapping-file " + mapping).split(" ");
            assertEquals(3, shell.run(line), shell::err);
            assertTrue(shell.out().contains("allowed  orders/0"), shell.out());
            assertTrue(shell.out().contains("may not look at it"), shell.out());
            assertTrue(
                    shell.err().contains("Preflight: May we commit for the groups?: not for secret: refused"),
                    shell.err());
        }
        assertEquals(Map.of(), cluster.commits("allowed").commits());
        assertTrue(!Files.exists(directory.resolve("home").resolve("resets")), "a dry run keeps no state");
    }

    @Test
    void theOthersAreResetFromAStoredPlanToo() {
        String plan = directory.resolve("plan.json").toString();
        cluster.groupOnly("secret", Set.of("DESCRIBE", "READ"));
        assertEquals(0, shell.run("offset-reset", "plan", "--mapping-file", mapping, "--output", plan), shell::err);
        cluster.groupOnly("secret", Set.of());

        assertEquals(3, shell.run("offset-reset", "execute", "--dry-run", "--plan", plan), shell::err);
        assertEquals(Map.of(), cluster.commits("allowed").commits());
        assertEquals(3, shell.run("offset-reset", "execute", "--plan", plan), shell::err);

        assertEquals(
                Map.of(ORDERS, new Commit(40, null)), cluster.commits("allowed").commits());
        assertTrue(shell.out().contains("--operation Read --group secret"), shell.out());
    }
}
