package io.segue.worker.restore;

import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.StoreException;
import io.segue.worker.restore.SegmentFetch.Fetched;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A task's segments, the next one fetched while one is read. Used by one thread at a time. */
final class FetchedSegments implements SegmentSource {
    private final List<SegmentRef> segments;
    private final SegmentFetch fetch;
    private final ExecutorService threads;
    private final Map<Integer, CompletableFuture<Fetched>> ahead = new HashMap<>();

    FetchedSegments(List<SegmentRef> segments, SegmentFetch fetch, ExecutorService threads) {
        this.segments = segments;
        this.fetch = fetch;
        this.threads = threads;
    }

    @Override
    public int size() {
        return segments.size();
    }

    @Override
    public OpenSegment open(int index) {
        CompletableFuture<Fetched> wanted = ahead.containsKey(index) ? ahead.remove(index) : fetch(index);
        if (index + 1 < segments.size() && !ahead.containsKey(index + 1)) {
            ahead.put(index + 1, fetch(index + 1));
        }
        try {
            return new Open(wanted.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } catch (CancellationException e) {
            throw new StoreException.Unavailable(segments.get(index).key() + ": fetching was cancelled", e);
        }
    }

    private CompletableFuture<Fetched> fetch(int index) {
        return CompletableFuture.supplyAsync(() -> fetch.fetch(segments.get(index)), threads);
    }

    /** Segments that were fetched for nothing are dropped, those under way when they arrive. */
    @Override
    public void close() {
        ahead.replaceAll((index, fetching) -> fetching.whenComplete((fetched, failure) -> {
            if (fetched != null) {
                fetched.close();
            }
        }));
        ahead.clear();
    }

    private record Open(Fetched fetched) implements OpenSegment {
        @Override
        public @Nullable SegmentRecord next() {
            return fetched.reader().next();
        }

        @Override
        public void close() {
            fetched.close();
        }
    }
}
