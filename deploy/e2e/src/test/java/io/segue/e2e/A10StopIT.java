package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A10: SIGTERM in the middle is a clean stop, state "interrupted", exit code 4, no reset; resume finishes it. */
class A10StopIT {
    private static final String TOPIC = "a10-orders";
    private static final int PARTITIONS = 12;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void stopsCleanlyAndGoesOn() throws Exception {
        long now = System.currentTimeMillis() - 60_000;
        List<SegmentRecord> records = new ArrayList<>();
        for (int i = 0; i < 15_000; i++) {
            records.add(Archives.record(i, now + i, "k" + i, "v" + i + "y".repeat(400)));
        }
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            Archives archive = new Archives(store, "b1");
            for (int p = 0; p < PARTITIONS; p++) {
                archive.partition(TOPIC, p, SegmentCompression.ZSTD, 5_000, records);
            }
            archive.groups(Map.of("a10-billing", Map.of(TOPIC, Map.of(0, 7L)))).write();
        }
        Path config = Configs.restore(directory, bootstrap(), "b1", """
                max_concurrent_partitions: 1
                reset_consumer_offsets: true
                consumer_groups: [a10-billing]
                """);

        CommandLine commands = new CommandLine(directory);
        CommandLine.Running running = commands.start("three-phase-restore", "--config", config.toString());
        PlainReader.awaitEnd(bootstrap(), TOPIC, 0, 1);
        running.process().destroy();
        CommandLine.Ended stopped = running.await().expect(4);

        assertTrue(stopped.out().contains("interrupted"), stopped.out());
        assertTrue(stopped.out().contains("kafka-backup resume " + stopped.job()), stopped.out());
        assertTrue(Groups.committed(bootstrap(), "a10-billing").isEmpty(), "no reset before the data is complete");

        commands.run("resume", stopped.job()).expect(0);
        for (int p = 0; p < PARTITIONS; p++) {
            Oracle.assertSame(records, PlainReader.read(bootstrap(), TOPIC, p, "read_uncommitted"));
        }
        assertTrue(Groups.nextRecord(bootstrap(), "a10-billing", TOPIC, 0).startsWith("v7y"));
    }

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }
}
