package io.segue.coordinator.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.preflight.Finding.Verdict;
import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecord.SourceTopic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PreflightTest {
    private static final long DAY = 24L * 3_600_000;
    private static final long NOW = 1_700_000_000_000L;

    private final InMemoryKafkaCluster target = new InMemoryKafkaCluster("target-cluster");
    private List<String> groups = List.of();

    private Finding answer(String question) {
        Manifest.Segment segment = new Manifest.Segment("s", 0, 9, NOW - 40 * DAY, NOW - DAY, 10, 900, 100);
        Manifest manifest = new Manifest(
                "b",
                0,
                "source-cluster",
                List.of(),
                "zstd",
                List.of(new Manifest.Topic(
                        "orders", 1, List.of(new Manifest.Partition(0, List.of(segment), List.of())))));
        SourceRecord source = new SourceRecord(
                "source-cluster",
                0,
                List.of(new SourceTopic("orders", "id", Map.of("max.message.bytes", "5000000"), List.of())),
                List.of());
        Map<String, GroupCommits> commits = Map.of(
                "billing", new GroupCommits("billing", Map.of(new TopicPartition("orders", 0), new Commit(5, null))));
        RestoreSpec spec = new RestoreSpec(
                "b",
                "0f",
                "source-cluster",
                "target-cluster",
                new RestoreSpec.Selected(List.of(), List.of(), Set.of(), Map.of(), Map.of(), null, null),
                RestoreSpec.Placement.PLAIN,
                false,
                BatchCompression.LZ4,
                new RestoreSpec.Topics(true, 1, false),
                new RestoreSpec.Groups(true, groups, NoAnswerPolicy.REFUSE));
        return new Preflight(target, NOW)
                        .of(
                                spec,
                                new Preflight.Archive(
                                        manifest,
                                        Optional.of(source),
                                        Optional.of(new SourceCommits("segue-source.json", 1, commits))))
                        .stream()
                        .filter(finding -> finding.question().contains(question))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void consumersThatRunAreNamed() {
        assertEquals(Verdict.OK, answer("groups stopped").verdict());
        target.join("billing", "app at /10.0.0.7");

        Finding found = answer("groups stopped");
        assertEquals(Verdict.WARN, found.verdict());
        assertTrue(found.evidence().contains("billing (Stable, app at /10.0.0.7)"), found.evidence());
    }

    @Test
    void rightsThatAreMissingAreNamed() {
        target.log("orders", 0, 0, 0);
        assertEquals(Verdict.OK, answer("write there").verdict());
        target.mayOnly("orders", Set.of("DESCRIBE", "READ", "WRITE", "DESCRIBE_CONFIGS"));

        Finding found = answer("write there");
        assertEquals(Verdict.FAIL, found.verdict());
        assertTrue(found.line().contains("orders lacks [ALTER_CONFIGS]")
                && found.line().endsWith("--operation AlterConfigs --topic orders"));
    }

    @Test
    void aGroupThatMayNotBeCommittedForIsNamedWithTheCommandThatGrantsIt() {
        assertEquals(Verdict.OK, answer("commit for the groups").verdict());
        target.groupOnly("billing", Set.of("DESCRIBE"));

        Finding found = answer("commit for the groups");
        assertEquals(Verdict.WARN, found.verdict());
        assertEquals("not for billing: refused, the others are reset", found.evidence());
        assertEquals(
                "kafka-acls --bootstrap-server HOST:PORT --add --allow-principal User:NAME --operation Read --group billing",
                found.fix());
    }

    @Test
    void oldRecordsMeetRetention() {
        assertEquals(Verdict.OK, answer("retention").verdict());
        target.log("orders", 0, 0, 0);

        Finding found = answer("retention");
        assertEquals(Verdict.WARN, found.verdict());
        assertTrue(found.evidence().contains("40 days old, orders keeps less"), found.evidence());
    }

    @Test
    void limitsOfTheTopicsAreSeen() {
        target.createTopic("orders", 1, 1, Map.of("message.timestamp.before.max.ms", "1000", "retention.ms", "-1"));

        assertEquals(Verdict.OK, answer("retention").verdict());
        assertEquals(Verdict.WARN, answer("timestamps").verdict());
        assertTrue(
                answer("large records").evidence().contains("orders (5000000 on the source, 1048588 here)"),
                answer("large records").evidence());
    }

    @Test
    void whatTheClusterDoesNotSayIsNoAllClear() {
        assertEquals(Verdict.WARN, answer("room on the disks").verdict());
        assertEquals(Verdict.WARN, answer("offsets without consumers").verdict());
    }
}
