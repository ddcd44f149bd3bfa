package io.segue.worker.jobs;

import io.segue.protocol.store.ObjectStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store that tells when it is closed. */
record WatchedStore(ObjectStore store, Runnable closed) implements ObjectStore {
    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        return store.putIfAbsent(key, content);
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
        closed.run();
        store.close();
    }
}
