package io.segue.e2e.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.Archives;
import io.segue.e2e.Configs;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.process.ProcessSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Brokers with an authorizer that keep one group, and one topic, from the user that connects. */
@Timeout(600)
class DeniedGroupIT {
    /** Without a login every client is this; what no ACL speaks of is allowed. */
    private static final String USER = "User:ANONYMOUS";

    @TempDir
    private Path home = Path.of("");

    private static ClusterOptions authorizing() {
        return ClusterOptions.of(1)
                .withProperty("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .withProperty("allow.everyone.if.no.acl.found", "true");
    }

    @Test
    void whatTheUserLacksIsNamedWithTheCommandThatGrantsItAndTheOthersProceed() throws Exception {
        try (Sandbox sandbox = ProcessSandbox.start(SandboxOptions.defaults().withTarget(authorizing()))) {
            TargetCluster target =
                    new TargetCluster(sandbox.target().orElseThrow().bootstrapServers());
            try {
                denied(target);
            } finally {
                target.close();
            }
        }
    }

    private void denied(TargetCluster target) throws Exception {
        ResetWorld world = new ResetWorld(target, home, 1, 1);
        String allowed = world.group("allowed", 1040);
        String readOnly = world.group("read-only", 1050);
        String hidden = world.group("hidden", 1060);
        target.cluster.commit(new GroupCommits(readOnly, Map.of(world.at(0), new Commit(3, null))));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", target.servers))) {
            allow(admin, ResourceType.GROUP, readOnly, AclOperation.DESCRIBE, USER);
            allow(admin, ResourceType.GROUP, hidden, AclOperation.READ, "User:somebody-else");
            Path config = restoreOf(world, target.servers, List.of(allowed, readOnly, hidden));
            String warned = world.run(0, "doctor", "--config", config.toString());
            assertTrue(warned.contains("not for " + hidden + ", " + readOnly + ": refused"), warned);
            assertTrue(warned.contains("→ " + grant(hidden)), warned);

            String said = world.reset(3);

            assertTrue(said.contains("may not commit for it (READ): " + grant(readOnly)), said);
            assertTrue(said.contains("may not look at it: " + grant(hidden)), said);
            assertTrue(said.contains("1 of 3 groups complete"), said);
            assertEquals(Map.of(0, 40L), world.committed(allowed));
            assertEquals(Map.of(0, 3L), world.committed(readOnly));

            allow(admin, ResourceType.GROUP, readOnly, AclOperation.READ, USER);
            allow(admin, ResourceType.GROUP, hidden, AclOperation.READ, USER);
            world.reset(0, "--again");
            assertEquals(Map.of(0, 50L), world.committed(readOnly));
            assertEquals(Map.of(0, 60L), world.committed(hidden));

            allow(admin, ResourceType.TOPIC, world.topic, AclOperation.READ, USER);
            String unseen = world.run(1, "doctor", "--config", config.toString());
            assertTrue(unseen.contains("--operation DescribeConfigs --topic " + world.topic), unseen);

            allow(admin, ResourceType.TOPIC, world.topic, AclOperation.DESCRIBE_CONFIGS, USER);
            String failed = world.run(1, "doctor", "--config", config.toString());
            assertTrue(failed.contains(world.topic + " lacks [ALTER_CONFIGS, WRITE]"), failed);
            assertTrue(failed.contains("--operation AlterConfigs --operation Write --topic " + world.topic), failed);
        }
    }

    private static String grant(String group) {
        return "kafka-acls --bootstrap-server HOST:PORT --add --allow-principal User:NAME --operation Read --group "
                + group;
    }

    private static void allow(Admin admin, ResourceType type, String name, AclOperation operation, String user)
            throws Exception {
        admin.createAcls(List.of(new AclBinding(
                        new ResourcePattern(type, name, PatternType.LITERAL),
                        new AccessControlEntry(user, "*", operation, AclPermissionType.ALLOW))))
                .all()
                .get();
    }

    /** The configuration of a restore of ten records with these groups. */
    private Path restoreOf(ResetWorld world, String servers, List<String> groups) throws Exception {
        Map<String, Map<String, Map<Integer, Long>>> commits = new TreeMap<>();
        groups.forEach(group -> commits.put(group, Map.of(world.topic, Map.of(0, 1005L))));
        try (FileStore store = new FileStore(home.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition(
                            world.topic,
                            0,
                            SegmentCompression.ZSTD,
                            10,
                            LongStream.range(1000, 1010)
                                    .mapToObj(i -> Archives.record(i, 1_700_000_000_000L, "k", "v" + i))
                                    .toList())
                    .groups(commits)
                    .write();
        }
        return Configs.restore(home, servers, "b1", "auto_consumer_groups: true\n");
    }
}
