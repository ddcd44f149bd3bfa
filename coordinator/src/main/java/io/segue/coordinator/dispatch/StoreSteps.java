package io.segue.coordinator.dispatch;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps on the store, many at a time, and the thread that decides: what a step came to, and what others tell, is taken by
 * that thread alone, one after the other.
 */
final class StoreSteps implements AutoCloseable {
    static final int THREADS = 32;
    private static final Logger LOG = LoggerFactory.getLogger(StoreSteps.class);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMillis(200);
    /** More than attempts can be under way; beyond it news from outside are dropped, for leases tell them later. */
    private static final int MAX_NEWS = 1 << 20;

    private final Executor pool;
    private final Duration patience;
    private final Runnable shutdown;
    private final BlockingQueue<Runnable> news = new LinkedBlockingQueue<>(MAX_NEWS);
    private int underWay;

    /** Steps on a pool of their own. */
    static StoreSteps pooled(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> new Thread(task, name));
        pool.allowCoreThreadTimeOut(true);
        return new StoreSteps(pool);
    }

    private StoreSteps(ExecutorService pool) {
        this.pool = pool;
        this.patience = PATIENCE;
        this.shutdown = () -> shutDown(pool);
    }

    /**
     * @param executor that is the caller's to close
     * @param patience how long {@link #take} waits
     */
    StoreSteps(Executor executor, Duration patience) {
        this.pool = executor;
        this.patience = patience;
        this.shutdown = () -> {};
    }

    private static void shutDown(ExecutorService pool) {
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(CLOSE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("steps on the store still go on after {}", CLOSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int underWay() {
        return underWay;
    }

    /** Starts a step; the deciding thread is told its result, or its failure, whatever it is. */
    <T> void start(Supplier<T> step, Consumer<T> then, Consumer<Throwable> failed) {
        underWay++;
        pool.execute(() -> {
            Runnable outcome = outcome(step, then, failed);
            news.add(() -> {
                underWay--;
                outcome.run();
            });
        });
    }

    private static <T> Runnable outcome(Supplier<T> step, Consumer<T> then, Consumer<Throwable> failed) {
        try {
            T result = step.get();
            return () -> then.accept(result);
        } catch (Throwable failure) {
            return () -> failed.accept(failure);
        }
    }

    /** Something came from outside; by any thread. */
    void tell(Runnable fact) {
        news.offer(fact);
    }

    /** Takes what there is, waiting a little for the first. */
    void take() throws InterruptedException {
        Runnable next = news.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        for (; next != null; next = news.poll()) {
            next.run();
        }
    }

    @Override
    public void close() {
        shutdown.run();
    }
}
