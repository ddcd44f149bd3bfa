package io.segue.worker.jobs;

import io.segue.protocol.store.ForwardingStore;
import io.segue.protocol.store.ObjectStore;

/** A store that tells when it is closed. */
final class WatchedStore extends ForwardingStore {
    private final Runnable closed;

    WatchedStore(ObjectStore store, Runnable closed) {
        super(store);
        this.closed = closed;
    }

    @Override
    public void close() {
        closed.run();
        super.close();
    }
}
