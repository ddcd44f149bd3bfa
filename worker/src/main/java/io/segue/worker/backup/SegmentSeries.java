package io.segue.worker.backup;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentWriter;
import io.segue.protocol.segment.WrittenSegment;
import io.segue.protocol.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of one partition: records go in, full segments are stored. Holds one segment at a time, on disk. */
final class SegmentSeries implements AutoCloseable {
    private final BackupSettings settings;
    private final TopicPartition partition;
    private final ObjectStore store;
    private final List<Manifest.Segment> stored = new ArrayList<>();
    private @Nullable Path file;
    private @Nullable SegmentWriter writer;

    SegmentSeries(BackupSettings settings, TopicPartition partition, ObjectStore store) {
        this.settings = settings;
        this.partition = partition;
        this.store = store;
    }

    void append(SegmentRecord record) {
        SegmentWriter current = writer == null ? begin() : writer;
        current.append(record);
        if (settings.rotation().full(current.bytes(), current.records())) {
            store(current);
        }
    }

    /** Stores what is left, and returns every segment in the order of its offsets. */
    List<Manifest.Segment> finish() {
        if (writer != null) {
            store(writer);
        }
        return List.copyOf(stored);
    }

    private SegmentWriter begin() {
        try {
            Path created = Files.createTempFile(settings.spool(), "segment-", ".spool");
            file = created;
            SegmentWriter begun = SegmentWriter.create(created, settings.compression(), settings.compressionLevel());
            writer = begun;
            return begun;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no file can be made in the spool directory " + settings.spool() + ": " + e.getMessage(), e);
        }
    }

    private void store(SegmentWriter full) {
        WrittenSegment segment = full.finish();
        String key =
                WrittenSegment.key(settings.backupId(), partition.topic(), partition.partition(), segment.header());
        store.put(key, segment.file());
        stored.add(Manifest.Segment.of(key, segment));
        close();
    }

    /** Removes what is not stored. */
    @Override
    public void close() {
        SegmentWriter open = writer;
        Path left = file;
        writer = null;
        file = null;
        try {
            if (open != null) {
                open.close();
            }
        } finally {
            remove(left);
        }
    }

    private static void remove(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the spool file " + file + " cannot be removed", e);
        }
    }
}
