package io.segue.worker.restore;

import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.segment.SegmentHeader;
import io.segue.protocol.segment.SegmentLimits;
import io.segue.protocol.segment.SegmentReader;
import io.segue.protocol.segment.StoredSegment;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings one segment here, small ones into memory, larger ones into a file, and checks it. */
final class SegmentFetch {
    private static final long IN_MEMORY = 4L << 20;

    private final ObjectStore backup;
    private final Path spool;

    SegmentFetch(ObjectStore backup, Path spool) {
        this.backup = backup;
        this.spool = spool;
    }

    /** A fetched segment, checked as a whole; {@link #close} removes its file. */
    record Fetched(SegmentReader reader, @Nullable Path file) implements AutoCloseable {
        @Override
        public void close() {
            reader.close();
            remove(file);
        }
    }

    Fetched fetch(SegmentRef segment) {
        long size = backup.size(segment.key())
                .orElseThrow(() -> new StoreException.NotFound(
                        segment.key() + " is in the manifest but not in " + backup.describe(), null));
        if (size <= IN_MEMORY) {
            byte[] content = backup.read(segment.key(), IN_MEMORY);
            return new Fetched(check(segment, StoredSegment.of(content)), null);
        }
        Path file = null;
        try {
            file = Files.createTempFile(spool, "segment-", ".spool");
            try (InputStream in = backup.open(segment.key(), 0)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            return new Fetched(check(segment, StoredSegment.of(file)), file);
        } catch (IOException e) {
            remove(file);
            throw new StoreException.Unavailable(
                    segment.key() + " could not be fetched into " + spool + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            remove(file);
            throw e;
        }
    }

    private static SegmentReader check(SegmentRef segment, StoredSegment stored) {
        SegmentReader reader = SegmentReader.open(segment.key(), stored, SegmentLimits.DEFAULT);
        Optional<SegmentHeader> header = reader.header();
        if (header.isPresent() && header.get().recordCount() != segment.recordCount()) {
            reader.close();
            throw new UnexpectedSegmentException(
                    segment.key(),
                    "holds " + header.get().recordCount() + " records, the manifest says " + segment.recordCount()
                            + ": the object was replaced after the backup, or the manifest is of another one");
        }
        return reader;
    }

    private static void remove(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("the spool file " + file + " cannot be removed", e);
            }
        }
    }
}
