package io.segue.sandbox.process;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a sandbox holds: its directory, its processes, its event loop. Let go in that order's reverse, once. */
final class Lifetime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);
    private static final long VERTX_CLOSE_SECONDS = 10;

    private final Scratch scratch;
    private final Children children = new Children();
    private final Vertx vertx;
    private final Thread atExit = new Thread(this::release, "sandbox-exit");
    private final CompletableFuture<Void> firstFailure = new CompletableFuture<>();
    private boolean released;

    private Lifetime(Scratch scratch, Vertx vertx) {
        this.scratch = scratch;
        this.vertx = vertx;
    }

    static Lifetime begin(Optional<Path> baseDirectory) {
        Scratch scratch = Scratch.create(baseDirectory);
        // nothing is served from files, so Vert.x needs no cache directory
        FileSystemOptions files =
                new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        Lifetime lifetime = new Lifetime(
                scratch, Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setFileSystemOptions(files)));
        Runtime.getRuntime().addShutdownHook(lifetime.atExit);
        return lifetime;
    }

    Path directory() {
        return scratch.directory();
    }

    Children children() {
        return children;
    }

    Vertx vertx() {
        return vertx;
    }

    /** Starts a part beside the others. If it fails, the processes are ended, so that the others need not be awaited. */
    <T> CompletableFuture<T> async(Supplier<T> part) {
        return CompletableFuture.supplyAsync(part, work -> {
                    Thread thread = new Thread(work, "sandbox-start");
                    thread.setDaemon(true);
                    thread.start();
                })
                .whenComplete((started, failure) -> {
                    if (failure != null) {
                        firstFailure.completeExceptionally(failure);
                        children.close();
                    }
                });
    }

    /** The part, once it is there; else what went wrong first, which is the cause of the rest. */
    <T> T await(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            firstFailure.join();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            LOG.debug("closed while the JVM exits", exiting);
        }
        release();
    }

    private synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        try {
            closeVertx();
        } finally {
            children.close();
            scratch.close();
        }
    }

    private void closeVertx() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(VERTX_CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            LOG.warn("the S3 end point did not close in order", e);
        }
    }
}
