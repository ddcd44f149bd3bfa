package io.segue.sandbox.process;

import io.segue.sandbox.SandboxException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for another process, which cannot notify: asks it again and again, for a limited time. */
final class Waiting {
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private Waiting() {}

    /** Returns once {@code ready} holds; throws what {@code child} says of itself when it dies or time is up. */
    static void until(String what, Duration limit, ChildProcess child, BooleanSupplier ready) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            child.requireAlive();
            if (System.nanoTime() > deadline) {
                throw child.failure("was not " + what + " within " + limit.toSeconds() + " s");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SandboxException(
                        "interrupted while waiting for " + child.command().name(), null);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
