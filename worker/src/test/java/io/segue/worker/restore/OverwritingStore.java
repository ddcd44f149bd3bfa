package io.segue.worker.restore;

import io.segue.protocol.store.ObjectStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store that ignores the condition of a put, as some do: what a journal must not be kept on. */
record OverwritingStore(ObjectStore store) implements ObjectStore {
    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        store.put(key, content);
        return PutResult.WRITTEN;
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public byte[] read(String key, long limit) {
        return store.read(key, limit);
    }

    @Override
    public InputStream open(String key, long offset) {
        return store.open(key, offset);
    }

    @Override
    public Optional<Long> size(String key) {
        return store.size(key);
    }

    @Override
    public void put(String key, byte[] content) {
        store.put(key, content);
    }

    @Override
    public void put(String key, Path content) {
        store.put(key, content);
    }

    @Override
    public List<Listed> list(String prefix, int limit) {
        return store.list(prefix, limit);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public void close() {
        store.close();
    }
}
