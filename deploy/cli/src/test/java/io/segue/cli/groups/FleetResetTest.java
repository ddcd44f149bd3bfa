package io.segue.cli.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.ClusterOpener;
import io.segue.cli.TestingShell;
import io.segue.cli.client.Coordinators;
import io.segue.cli.client.TestingFleet;
import io.segue.coordinator.groups.HeaderScans;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that name only the target, where a fleet restored into it. */
@Timeout(60)
final class FleetResetTest {
    private static final TopicPartition SOURCE = new TopicPartition("orders", 0);
    private static final TopicPartition TARGET = new TopicPartition("restored", 0);

    private final InMemoryKafkaCluster cluster = new InMemoryKafkaCluster("target-cluster");
    private final List<KafkaConnection> opened = new ArrayList<>();
    private final TestingFleet fleet = new TestingFleet();
    private final TestingShell shell = new TestingShell(new ClusterOpener() {
        @Override
        public <T> T with(KafkaConnection connection, Function<KafkaCluster, T> work) {
            opened.add(connection);
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

    FleetResetTest() throws Exception {}

    @BeforeEach
    void restoredTwice() {
        shell.with("SEGUE_HOME", directory.resolve("home").toString());
        shell.with(Coordinators.VARIABLE, fleet.urls());
        cluster.log("restored", 0, 0, 100);
        job("restore-1", "another-cluster", 7_000);
        job("restore-0", "target-cluster", 1_000);
    }

    @AfterEach
    void close() throws Exception {
        fleet.close();
    }

    private void job(String id, String target, long first) {
        fleet.jobs().put(TestingFleet.completed(id, 0, null));
        MappingDocument document = new MappingDocument(
                "source-cluster",
                target,
                1,
                List.of(new PartitionMapping(SOURCE, TARGET, List.of(new Run(first, 0, 100)))));
        Map<String, GroupCommits> groups =
                Map.of("billing", new GroupCommits("billing", Map.of(SOURCE, new Commit(1_040, "m"))));
        fleet.jobs()
                .mapping(id, new MappingBundle(id, document, Map.of(), List.of("target:9092"), Optional.of(groups)));
    }

    @Test
    void aResetFindsTheJobByTheClusterThatItWroteTo() {
        int code = shell.run(
                "offset-reset",
                "execute",
                "--bootstrap-servers",
                "target:9092",
                "--strategy",
                "from-mapping",
                "--groups",
                "billing");

        assertEquals(0, code, shell::err);
        assertTrue(shell.err().contains("Using what job restore-0 of the fleet recorded"), shell.err());
        assertEquals(
                Map.of(TARGET, new Commit(40, "m")), cluster.commits("billing").commits());
    }

    @Test
    void soDoesMapOffset() {
        int code = shell.run(
                "map-offset",
                "--bootstrap-servers",
                "target:9092",
                "--topic",
                "orders",
                "--partition",
                "0",
                "--offset",
                "1040");

        assertEquals(0, code, shell::err);
        assertEquals("restored/0 40 exact", shell.out().strip());
    }

    @Test
    void aNamedJobOfTheFleetSaysWhichClusterAsWell() {
        assertEquals(0, shell.run("offset-reset", "execute", "--job", "restore-0", "--groups", "billing"), shell::err);

        assertEquals(List.of("target:9092"), opened.get(0).bootstrapServers());
        assertEquals(
                Map.of(TARGET, new Commit(40, "m")), cluster.commits("billing").commits());
    }

    @Test
    void whatWasProvenOfAnotherClusterIsNotCommittedHere() {
        assertEquals(
                2,
                shell.run("offset-reset", "execute", "--job", "restore-1", "--bootstrap-servers", "target:9092"),
                shell::err);

        assertTrue(
                shell.err().contains("is of target cluster another-cluster, this is cluster target-cluster"),
                shell.err());
        assertEquals(Map.of(), cluster.commits("billing").commits());
    }

    @Test
    void aJobThatTheFleetDoesNotKnowIsLookedForOnThisMachine() {
        assertEquals(
                2,
                shell.run("offset-reset", "plan", "--job", "restore-here", "--bootstrap-servers", "target:9092"),
                shell::err);

        assertTrue(shell.err().contains("The fleet: job restore-here has no offset mapping"), shell.err());
        assertTrue(shell.err().contains("nothing says what the groups had committed"), shell.err());
    }

    @Test
    void showOffsetMappingFindsTheJobByTheClusterToo() {
        String[] show = {"show-offset-mapping", "--bootstrap-servers", "target:9092", "--topic", "restored"};
        assertEquals(0, shell.run(show), shell::err);
        assertTrue(shell.out().contains("Source offset 1000-1100 → Target offset 0-100"), shell.out());
        assertTrue(shell.err().contains("Using what job restore-0 of the fleet recorded"), shell.err());

        assertEquals(0, shell.run("show-offset-mapping", "--job", "restore-1"), shell::err);
        assertTrue(shell.out().contains("Source offset 7000-7100 → Target offset 0-100"), shell.out());
    }

    @Test
    void whatIsRestoredNowhereIsAUsageError() {
        int code = shell.run(
                "offset-reset",
                "execute",
                "--bootstrap-servers",
                "target:9092",
                "--strategy",
                "from-mapping",
                "--topics",
                "elsewhere",
                "--groups",
                "billing");

        assertEquals(2, code, shell::err);
        assertTrue(shell.err().contains("--mapping-file"), shell.err());
    }
}
