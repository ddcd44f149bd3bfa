package io.segue.worker.restore;

import io.segue.protocol.store.ForwardingStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store whose answers may not come: the put was not carried out, or it was, or it will be. */
final class UnreliableStore extends ForwardingStore {
    /** What becomes of a conditional put. */
    enum PutFate {
        DONE,
        TIMED_OUT,
        TIMED_OUT_AND_DONE,
        /** Done when {@link UnreliableStore#land} says so. */
        TIMED_OUT_AND_LATE
    }

    /** What goes wrong; methods may throw. */
    interface Weather {
        PutFate putFate();

        default void beforeRead() {}

        default void afterPut() {}
    }

    private final ObjectStore store;
    private final Weather weather;
    private final List<Runnable> late = new ArrayList<>();

    UnreliableStore(ObjectStore store, Weather weather) {
        super(store);
        this.store = store;
        this.weather = weather;
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        switch (weather.putFate()) {
            case TIMED_OUT -> throw noAnswer(key);
            case TIMED_OUT_AND_DONE -> {
                store.putIfAbsent(key, content);
                throw noAnswer(key);
            }
            case TIMED_OUT_AND_LATE -> {
                late.add(() -> store.putIfAbsent(key, content));
                throw noAnswer(key);
            }
            case DONE -> {
                PutResult result = store.putIfAbsent(key, content);
                weather.afterPut();
                return result;
            }
        }
        throw new IllegalStateException();
    }

    private static StoreException noAnswer(String key) {
        return new StoreException.Unavailable(key + ": no answer", null);
    }

    /** Puts that were given up arrive at the store. */
    void land() {
        List<Runnable> arriving = List.copyOf(late);
        late.clear();
        arriving.forEach(Runnable::run);
    }

    @Override
    public byte[] read(String key, long limit) {
        weather.beforeRead();
        return store.read(key, limit);
    }

    @Override
    public Optional<Long> size(String key) {
        weather.beforeRead();
        return store.size(key);
    }

    @Override
    public List<Listed> list(String prefix, int limit) {
        weather.beforeRead();
        return store.list(prefix, limit);
    }
}
