package io.segue.e2e;

import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A15: a window includes both its bounds, to the millisecond, whatever the order of timestamps within a segment. */
class A15WindowIT {
    private static final long T0 = 1_700_000_000_000L;

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest(name = "{0}: from {1} to {2}")
    @CsvSource({"both, 300, 700", "from, 300, ", "to, , 700", "point, 500, 500", "empty, 5000, 6000"})
    void restoresTheWindow(String name, @Nullable Long from, @Nullable Long to) throws Exception {
        String topic = "a15-" + name;
        List<SegmentRecord> records = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            // neighbours swapped, so that the first and last timestamp of a segment are not its lowest and highest
            records.add(Archives.record(i, T0 + (i ^ 1), "k" + i, "v" + i));
        }
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition(topic, 0, SegmentCompression.LZ4, 100, records)
                    .write();
        }
        StringBuilder window = new StringBuilder();
        if (from != null) {
            window.append("time_window_start: ").append(T0 + from).append('\n');
        }
        if (to != null) {
            window.append("time_window_end: ").append(T0 + to).append('\n');
        }
        Path config = Configs.restore(directory, bootstrap(), "b1", window.toString());

        new CommandLine(directory).run("restore", "--config", config.toString()).expect(0);

        List<SegmentRecord> expected = records.stream()
                .filter(record -> from == null || record.timestamp() >= T0 + from)
                .filter(record -> to == null || record.timestamp() <= T0 + to)
                .toList();
        Oracle.assertSame(expected, PlainReader.read(bootstrap(), topic, 0, "read_uncommitted"));
    }

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }
}
