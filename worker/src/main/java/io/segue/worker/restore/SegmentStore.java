package io.segue.worker.restore;

import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Segments of backups, fetched ahead by threads that all tasks of a worker share, into a spool directory. */
public final class SegmentStore implements AutoCloseable {
    private final Path spool;
    private final Time time;
    private final ExecutorService fetches;

    /**
     * @param spool directory for segments that are too large to be held in memory; made if it is not there
     * @param threads fetches at a time
     */
    public SegmentStore(Path spool, int threads, Time time) {
        this.spool = spool;
        this.time = time;
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(10_000), task -> {
                    Thread thread = new Thread(task, "segue-fetch-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.fetches = pool;
        try {
            Files.createDirectories(spool);
        } catch (IOException e) {
            throw new UncheckedIOException("the spool directory " + spool + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** The segments of one task, in order, for one attempt. */
    public SegmentSource source(ObjectStore backup, List<SegmentRef> segments) {
        return new FetchedSegments(segments, new SegmentFetch(backup, spool, time), fetches);
    }

    @Override
    public void close() {
        fetches.shutdownNow();
    }
}
