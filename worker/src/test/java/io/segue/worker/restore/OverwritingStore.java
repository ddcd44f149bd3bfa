package io.segue.worker.restore;

import io.segue.protocol.store.ForwardingStore;
import io.segue.protocol.store.ObjectStore;

/** A store that ignores the condition of a put, as some do: what a journal must not be kept on. */
final class OverwritingStore extends ForwardingStore {
    OverwritingStore(ObjectStore store) {
        super(store);
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        put(key, content);
        return PutResult.WRITTEN;
    }
}
