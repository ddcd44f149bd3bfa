package io.segue.sandbox.server;

import io.segue.sandbox.SandboxException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for another process, which cannot notify: asks it again and again, for a limited time. */
public final class Waiting {
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private Waiting() {}

    /** Returns once {@code ready} holds; throws what {@code server} says of itself when it dies or time is up. */
    public static void until(String what, Duration limit, Watched server, BooleanSupplier ready) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            server.requireAlive();
            if (System.nanoTime() > deadline) {
                throw server.failure("was not " + what + " within " + limit.toSeconds() + " s");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SandboxException("interrupted while waiting for " + server.name(), null);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
