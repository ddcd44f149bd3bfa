package io.segue.worker.restore;

import io.segue.protocol.store.ForwardingStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.worker.restore.RestoreWorld.Death;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store of one process that calls an attach durable before it is: it goes out before the next put, or never, if the
 * process dies before. A process that then finds that the number is taken ends.
 */
final class WriteBehind extends ForwardingStore {
    private final ObjectStore store;
    private @Nullable Supplier<PutResult> pending;

    WriteBehind(ObjectStore store) {
        super(store);
        this.store = store;
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        Supplier<PutResult> before = pending;
        if (before != null) {
            if (before.get() == PutResult.EXISTS) {
                throw new Death();
            }
            pending = null;
        }
        if (new String(content, StandardCharsets.UTF_8).contains("\"type\":\"attached\"")) {
            pending = () -> store.putIfAbsent(key, content);
            return PutResult.WRITTEN;
        }
        return store.putIfAbsent(key, content);
    }
}
