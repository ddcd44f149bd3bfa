package io.segue.protocol.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The port to an object store. Keys are {@code /}-separated and relative to the store's root (bucket and prefix, or
 * directory); they are data, never paths: {@code ..}, {@code .}, empty elements, a leading {@code /} and NUL are refused
 * with {@link StoreException.BadKey}.
 *
 * <p>Every method blocks, may be called from many threads, retries what is retryable within its own limits, and throws
 * {@link StoreException} otherwise.
 */
public interface ObjectStore extends AutoCloseable {
    /** Whether a conditional put wrote its object, or found one there. */
    enum PutResult {
        WRITTEN,
        EXISTS
    }

    /** One listed object: its key relative to the store's root and its size in bytes. */
    record Listed(String key, long size) {}

    /** Where this store is, for messages: {@code s3://bucket/prefix} or {@code file:///path}. Never holds a secret. */
    String describe();

    /**
     * The whole object. For small objects only.
     *
     * @throws StoreException.NotFound if there is none
     * @throws StoreException.TooLarge if it is larger than {@code limit} bytes; nothing beyond the limit is held
     */
    byte[] read(String key, long limit);

    /**
     * A stream over the object from byte {@code offset} to its end; the caller closes it. Reading may throw
     * {@link StoreException} for a connection that broke; a stream that ends early never looks like a complete one.
     * The stream gives the object as it was when it was opened, or fails if it is replaced meanwhile.
     *
     * @throws StoreException.NotFound if there is none, or if it has fewer than {@code offset} bytes
     * @throws IllegalArgumentException if {@code offset} is negative
     */
    InputStream open(String key, long offset);

    /** The size of the object in bytes, or empty if there is none. */
    Optional<Long> size(String key);

    /** Writes or replaces an object. */
    void put(String key, byte[] content);

    /** Writes or replaces an object with the content of a file, in parts where it is large. */
    void put(String key, Path content);

    /**
     * Writes an object only if there is none: of any number of concurrent callers exactly one is told
     * {@link PutResult#WRITTEN}. A call that times out may have written, and {@link PutResult#EXISTS} may mean an
     * earlier try of this very call, whose answer was lost: in both cases read back and compare.
     */
    PutResult putIfAbsent(String key, byte[] content);

    /**
     * All objects below a prefix that ends at a {@code /} boundary ({@code ""} lists everything), sorted by key.
     *
     * @throws StoreException.TooLarge if there are more than {@code limit}
     */
    List<Listed> list(String prefix, int limit);

    /** Removes an object; one that is not there is no error. */
    void delete(String key);

    @Override
    void close();
}
