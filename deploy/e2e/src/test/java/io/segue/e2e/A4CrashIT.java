package io.segue.e2e;

import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A4: the process dies at each step of the protocol, once or twice; nothing is lost, nothing is doubled. */
class A4CrashIT {
    private static final int RECORDS = 12_000;

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "BEFORE_ATTACH_JOURNALED:1, 0",
        "AFTER_ATTACH_JOURNALED:2, 40",
        "BEFORE_PRODUCE:3, 40",
        "AFTER_PRODUCE:1, 40",
        "AFTER_PRODUCE:5, 0",
        "BEFORE_FRAGMENT:1, 40",
        "AFTER_FRAGMENT:1, 40",
        "BEFORE_SEAL:1, 40",
        "AFTER_SEAL:1, 40",
    })
    void diesAndGoesOn(String crash, int ageInDays) throws Exception {
        String topic = "a4-"
                + crash.toLowerCase(java.util.Locale.ROOT).replace(':', '-').replace('_', '-') + "-" + ageInDays;
        long firstTimestamp = Instant.now().minus(Duration.ofDays(ageInDays)).toEpochMilli();
        List<SegmentRecord> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(Archives.record(
                    100 + i + i / 1000, firstTimestamp + i, "key-" + i, "value-" + i + "-" + "x".repeat(300)));
        }
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition(topic, 0, SegmentCompression.ZSTD, 5_000, records)
                    .partition(topic, 1, SegmentCompression.LZ4, 5_000, records)
                    .write();
        }
        Path config = Configs.restore(directory, bootstrap(), "b1", "");

        CommandLine.Ended crashed = new CommandLine(directory)
                .with("SEGUE_CRASH_AT", crash)
                .run("restore", "--config", config.toString())
                .expect(137);
        // a second death, in the middle of the recovery
        new CommandLine(directory)
                .with("SEGUE_CRASH_AT", "BEFORE_ATTACH_JOURNALED:1")
                .run("resume", crashed.job());
        new CommandLine(directory).run("resume", crashed.job()).expect(0);

        for (int partition : List.of(0, 1)) {
            for (String isolation : List.of("read_uncommitted", "read_committed")) {
                Oracle.assertSame(records, PlainReader.read(bootstrap(), topic, partition, isolation));
            }
        }
    }

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }
}
