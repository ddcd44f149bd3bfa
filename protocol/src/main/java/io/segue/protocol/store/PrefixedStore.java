package io.segue.protocol.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A view of the objects of another store below a prefix, for example the state of jobs in the storage of a backup.
 * Closing the view does not close the store, which belongs to whoever opened it.
 */
public final class PrefixedStore implements ObjectStore {
    private final ObjectStore store;
    private final String prefix;

    /** @throws StoreException.BadKey if the prefix is not a key, with or without a {@code /} at its end */
    public PrefixedStore(ObjectStore store, String prefix) {
        this.store = store;
        this.prefix = ObjectKeys.requirePrefix(prefix);
    }

    @Override
    public String describe() {
        return store.describe() + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }

    @Override
    public byte[] read(String key, long limit) {
        return store.read(full(key), limit);
    }

    @Override
    public InputStream open(String key, long offset) {
        return store.open(full(key), offset);
    }

    @Override
    public Optional<Long> size(String key) {
        return store.size(full(key));
    }

    @Override
    public void put(String key, byte[] content) {
        store.put(full(key), content);
    }

    @Override
    public void put(String key, Path content) {
        store.put(full(key), content);
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        return store.putIfAbsent(full(key), content);
    }

    @Override
    public List<Listed> list(String below, int limit) {
        return store.list(prefix + ObjectKeys.requirePrefix(below), limit).stream()
                .map(listed -> new Listed(listed.key().substring(prefix.length()), listed.size()))
                .toList();
    }

    @Override
    public void delete(String key) {
        store.delete(full(key));
    }

    @Override
    public void close() {
        // the store belongs to whoever opened it
    }

    private String full(String key) {
        return prefix + ObjectKeys.requireKey(key);
    }
}
