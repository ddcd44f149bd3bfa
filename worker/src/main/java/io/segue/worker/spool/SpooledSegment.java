package io.segue.worker.spool;

import io.segue.protocol.segment.StoredSegment;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A stored segment brought here, a small one into memory, a larger one into a file that goes when this is closed.
 *
 * @param content the bytes of the object
 */
public record SpooledSegment(
        StoredSegment content, @Nullable Path file) implements AutoCloseable {
    private static final long IN_MEMORY = 4L << 20;

    /**
     * Fetches an object.
     *
     * @param spool existing directory
     * @throws StoreException if it is not there or cannot be fetched
     */
    public static SpooledSegment fetch(ObjectStore store, String key, Path spool) {
        long size = store.size(key)
                .orElseThrow(() ->
                        new StoreException.NotFound(key + " is in the manifest but not in " + store.describe(), null));
        if (size <= IN_MEMORY) {
            return new SpooledSegment(StoredSegment.of(store.read(key, IN_MEMORY)), null);
        }
        Path file = null;
        try {
            file = Files.createTempFile(spool, "segment-", ".spool");
            try (InputStream in = store.open(key, 0)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            return new SpooledSegment(StoredSegment.of(file), file);
        } catch (IOException e) {
            remove(file);
            throw new StoreException.Unavailable(
                    key + " could not be fetched into " + spool + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            remove(file);
            throw e;
        }
    }

    @Override
    public void close() {
        remove(file);
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
