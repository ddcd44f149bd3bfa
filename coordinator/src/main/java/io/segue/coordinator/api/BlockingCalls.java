package io.segue.coordinator.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs what may block on threads of its own, at most {@link ApiLimits#CALLS} at a time. */
final class BlockingCalls {
    private static final long WARN_AFTER_SECONDS = 60;

    private final WorkerExecutor threads;
    private final AtomicInteger underWay = new AtomicInteger();

    BlockingCalls(Vertx vertx) {
        this.threads =
                vertx.createSharedWorkerExecutor("segue-api", ApiLimits.THREADS, WARN_AFTER_SECONDS, TimeUnit.SECONDS);
    }

    /** The future completes on the event loop that this is called on; it fails with {@link ApiError.Thrown} if too many wait. */
    <T> Future<T> run(Callable<T> call) {
        if (underWay.incrementAndGet() > ApiLimits.CALLS) {
            underWay.decrementAndGet();
            return Future.failedFuture(
                    new ApiError(503, "busy", "too many requests wait already", "try again in a second").thrown());
        }
        return threads.executeBlocking(call, false).onComplete(done -> underWay.decrementAndGet());
    }

    Future<Void> close() {
        return threads.close();
    }
}
