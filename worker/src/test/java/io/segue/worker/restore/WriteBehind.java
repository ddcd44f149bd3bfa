package io.segue.worker.restore;

import io.segue.protocol.store.ForwardingStore;
import io.segue.protocol.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The store of one process that calls an attach durable before it is: it goes out with the next put, or never, if the
 * process dies before.
 */
final class WriteBehind extends ForwardingStore {
    private final ObjectStore store;
    private @Nullable Runnable pending;

    WriteBehind(ObjectStore store) {
        super(store);
        this.store = store;
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        Runnable before = pending;
        pending = null;
        if (before != null) {
            before.run();
        }
        if (new String(content, StandardCharsets.UTF_8).contains("\"type\":\"attached\"")) {
            pending = () -> store.putIfAbsent(key, content);
            return PutResult.WRITTEN;
        }
        return store.putIfAbsent(key, content);
    }
}
