package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.segment.DamagedSegmentException;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentWriter;
import io.segue.protocol.store.ForwardingStore;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFetchTest {
    private static final SegmentRef SEGMENT = new SegmentRef("segment", 0, 0, 1, 1);

    @TempDir
    private Path directory = Path.of("");

    private final ManualTime time = new ManualTime();
    private final DamagedOnTheWay store = new DamagedOnTheWay();
    private int damaged;
    private int reads;

    @BeforeEach
    void write() throws IOException {
        Path file = directory.resolve("written");
        try (SegmentWriter writer = SegmentWriter.create(file, SegmentCompression.ZSTD, 3)) {
            writer.append(new SegmentRecord(0, 1, null, ByteBuffer.wrap(new byte[] {7}), List.of()));
            writer.finish();
        }
        store.put(SEGMENT.key(), Files.readAllBytes(file));
    }

    @Test
    void fetchesAgainWhatArrivesDamagedWithAPauseBetween() {
        damaged = 3;
        long before = time.nanos();
        try (SegmentFetch.Fetched fetched = fetch()) {
            assertEquals(0, Objects.requireNonNull(fetched.reader().next()).offset());
        }
        assertEquals(4, reads);
        assertTrue(time.nanos() - before >= 100_000_000L * 3, "a pause after each");
    }

    @Test
    void callsItDamagedWhenItAlwaysIs() {
        damaged = Integer.MAX_VALUE;
        DamagedSegmentException damage = assertThrows(DamagedSegmentException.class, this::fetch);
        assertEquals(SEGMENT.key(), damage.key());
        assertEquals(4, reads);
    }

    private SegmentFetch.Fetched fetch() {
        return new SegmentFetch(store, directory, time).fetch(SEGMENT);
    }

    /** The object is intact, its first readings are not. */
    private final class DamagedOnTheWay extends ForwardingStore {
        DamagedOnTheWay() {
            super(new InMemoryObjectStore());
        }

        @Override
        public byte[] read(String key, long limit) {
            byte[] content = super.read(key, limit).clone();
            if (reads++ < damaged) {
                content[content.length / 2] ^= 1;
            }
            return content;
        }
    }
}
