package io.segue.e2e.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.Archives;
import io.segue.e2e.CommandLine;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.process.ProcessSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that grants no transactional ids, and then no scratch topics. */
class ProbeIT {
    private static final ClusterOptions STRICT = ClusterOptions.of(1)
            .withProperty("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .withProperty("allow.everyone.if.no.acl.found", "true");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aTargetWithoutRightsIsRefusedBeforeAnythingIsWritten() throws Exception {
        try (Sandbox sandbox = ProcessSandbox.start(
                        SandboxOptions.defaults().withSource(STRICT).withoutTarget());
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", sandbox.source().bootstrapServers()))) {
            archive();
            AclBinding ids = denied(ResourceType.TRANSACTIONAL_ID, "segue-");
            admin.createAcls(List.of(ids)).all().get(30, TimeUnit.SECONDS);

            CommandLine.Ended refused = restore(sandbox, "auto").expect(1);

            assertTrue(refused.err().contains("TRANSACTIONAL_ID_AUTHORIZATION_FAILED"), refused::err);
            assertTrue(refused.err().contains("delivery: at-least-once"), refused::err);
            assertEquals(
                    Set.of(), admin.listTopics().names().get(30, TimeUnit.SECONDS), "nothing was left on the target");
            restore(sandbox, "at-least-once").expect(0);

            admin.deleteAcls(List.of(ids.toFilter())).all().get(30, TimeUnit.SECONDS);
            admin.deleteTopics(List.of("orders")).all().get(30, TimeUnit.SECONDS);
            new CommandLine(directory).run("resume", refused.job()).expect(0);

            admin.createAcls(List.of(denied(ResourceType.TOPIC, "segue-probe-")))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            admin.deleteTopics(List.of("orders")).all().get(30, TimeUnit.SECONDS);
            CommandLine.Ended unprobed = restore(sandbox, "auto").expect(0);
            assertTrue(unprobed.out().contains("not probed, for want of a scratch topic"), unprobed::out);
        }
    }

    private static AclBinding denied(ResourceType type, String prefix) {
        return new AclBinding(
                new ResourcePattern(type, prefix, PatternType.PREFIXED),
                new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.ALL, AclPermissionType.DENY));
    }

    private CommandLine.Ended restore(Sandbox sandbox, String delivery) throws Exception {
        Path config = Files.createTempFile(directory, "restore-", ".yaml");
        Files.writeString(
                config, """
                mode: restore
                backup_id: b1
                target:
                  bootstrap_servers: ["%s"]
                storage:
                  backend: filesystem
                  path: "%s"
                restore:
                  delivery: %s
                """.formatted(sandbox.source().bootstrapServers(), directory.resolve("backups"), delivery));
        return new CommandLine(directory).run("restore", "--config", config.toString());
    }

    private void archive() throws Exception {
        List<SegmentRecord> records =
                Archives.records(List.of(5L, 6L, 9L), offset -> Archives.record(offset, 1_000 + offset, "k", "v"));
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition("orders", 0, SegmentCompression.ZSTD, 100, records)
                    .write();
        }
    }
}
