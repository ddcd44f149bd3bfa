package io.segue.protocol.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Another store; what differs, a test overrides. */
public class ForwardingStore implements ObjectStore {
    private final ObjectStore store;

    public ForwardingStore(ObjectStore store) {
        this.store = store;
    }

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
        store.close();
    }
}
