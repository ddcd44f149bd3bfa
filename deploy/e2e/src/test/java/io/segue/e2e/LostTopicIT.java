package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R8: a target topic that is deleted, or made again, while its job is under way takes nothing else with it. */
class LostTopicIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void theRestIsRestoredAndTheLostOneNamed() throws Exception {
        long now = System.currentTimeMillis();
        List<SegmentRecord> records = IntStream.range(0, 1_000)
                .mapToObj(i -> Archives.record(i, now + i, "k" + i, "v" + i))
                .toList();
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition("lost", 0, SegmentCompression.ZSTD, 400, records)
                    .partition("lost", 1, SegmentCompression.ZSTD, 400, records)
                    .partition("kept", 0, SegmentCompression.ZSTD, 400, records)
                    .groups(Map.of("lost-g", Map.of("lost", Map.of(0, 7L), "kept", Map.of(0, 400L))))
                    .write();
        }
        String config = Configs.restore(directory, bootstrap(), "b1", "max_concurrent_partitions: 1\n")
                .toString();
        String job = new CommandLine(directory)
                .with("SEGUE_CRASH_AT", "AFTER_PRODUCE:1")
                .run("three-phase-restore", "--config", config)
                .job();
        CommandLine commands = new CommandLine(directory);

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.deleteTopics(List.of("lost")).all().get();
            CommandLine.Ended deleted = commands.run("resume", job).expect(3);
            assertTrue(deleted.out().contains("lost, 2 partitions: target topic lost was deleted"), deleted.out());
            assertFalse(deleted.out().contains("stays frozen"), deleted.out());
            Oracle.assertSame(records, PlainReader.read(bootstrap(), "kept", 0, "read_uncommitted"));
            assertEquals("v400", Groups.nextRecord(bootstrap(), "lost-g", "kept", 0));
            assertEquals(1, Groups.committed(bootstrap(), "lost-g").size());

            admin.createTopics(List.of(new NewTopic("lost", 2, (short) 1)))
                    .all()
                    .get();
            CommandLine.Ended again = commands.run("resume", job).expect(3);
            assertTrue(again.out().contains("target topic lost was deleted and made again"), again.out());
            assertEquals(List.of(), PlainReader.read(bootstrap(), "lost", 0, "read_uncommitted"));
        }

        Path alone = Configs.restore(directory, bootstrap(), "b1", "");
        Files.writeString(
                alone, Files.readString(alone).replace("target:\n", "target:\n  topics: {include: [lost]}\n"));
        commands.run("restore", "--config", alone.toString()).expect(0);
        Oracle.assertSame(records, PlainReader.read(bootstrap(), "lost", 1, "read_uncommitted"));
    }

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }
}
