package io.segue.worker.backup;

import io.segue.protocol.job.BackupSpec;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRotation;
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

/** The segments of one attempt at a partition: records go in, full segments are stored. Holds one segment at a time, on disk. */
final class SegmentSeries implements AutoCloseable {
    private final SegmentKeys keys;
    private final BackupSpec.Segments form;
    private final SegmentRotation rotation;
    private final Path spool;
    private final ObjectStore store;
    private final List<Manifest.Segment> stored = new ArrayList<>();
    private @Nullable Path file;
    private @Nullable SegmentWriter writer;

    SegmentSeries(SegmentKeys keys, BackupSpec.Segments form, Path spool, ObjectStore store) {
        Long maxRecords = form.maxRecords();
        this.keys = keys;
        this.form = form;
        this.rotation = new SegmentRotation(form.maxBytes(), maxRecords == null ? Long.MAX_VALUE : maxRecords);
        this.spool = spool;
        this.store = store;
    }

    void append(SegmentRecord record) {
        SegmentWriter current = writer == null ? begin() : writer;
        current.append(record);
        if (rotation.full(current.bytes(), current.records())) {
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
            Path created = Files.createTempFile(spool, "segment-", ".spool");
            file = created;
            SegmentWriter begun = SegmentWriter.create(created, form.compression(), form.compressionLevel());
            writer = begun;
            return begun;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no file can be made in the spool directory " + spool + ": " + e.getMessage(), e);
        }
    }

    private void store(SegmentWriter full) {
        WrittenSegment segment = full.finish();
        String key = keys.of(segment.header());
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
