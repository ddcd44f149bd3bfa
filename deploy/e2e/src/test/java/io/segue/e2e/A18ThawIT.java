package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A16, A18: old records survive finite retention while the job runs; a thaw that would delete what a reset group has not
 * read is refused and said; {@code thaw --force} finishes.
 */
class A18ThawIT {
    private static final String TOPIC = "a18-orders";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void staysFrozenUntilSomebodySaysSo() throws Exception {
        long old = Instant.now().minus(Duration.ofDays(40)).toEpochMilli();
        List<SegmentRecord> records = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            records.add(Archives.record(i, old + i, "k" + i, "v" + i));
        }
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition(TOPIC, 0, SegmentCompression.ZSTD, 400, records)
                    .groups(Map.of("a18-billing", Map.of(TOPIC, Map.of(0, 400L))))
                    .write();
        }
        Path config = Configs.restore(directory, bootstrap(), "b1", "auto_consumer_groups: true\n");

        CommandLine commands = new CommandLine(directory);
        CommandLine.Ended partly =
                commands.run("restore", "--config", config.toString()).expect(3);
        assertTrue(partly.out().contains("stays frozen"), partly.out());
        assertTrue(partly.out().contains("kafka-backup thaw " + partly.job() + " --force"), partly.out());
        assertEquals("-1", retention());
        assertEquals("v400", Groups.nextRecord(bootstrap(), "a18-billing", TOPIC, 0));
        Oracle.assertSame(records, PlainReader.read(bootstrap(), TOPIC, 0, "read_uncommitted"));

        commands.run("thaw", partly.job()).expect(3);
        assertEquals("-1", retention());
        commands.run("thaw", partly.job(), "--force").expect(0);
        assertEquals(Long.toString(Duration.ofDays(7).toMillis()), retention());
    }

    private static String retention() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            return admin.describeConfigs(List.of(topic)).all().get().values().stream()
                    .map(config -> String.valueOf(config.get("retention.ms").value()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }
}
