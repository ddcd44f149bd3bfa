package io.segue.e2e.demo;

import java.time.Duration;
import java.util.function.Supplier;

/** A bound on waiting. */
final class Deadline {
    private final long at;

    private Deadline(long at) {
        this.at = at;
    }

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    boolean passed() {
        return System.nanoTime() - at >= 0;
    }

    /** @throws DemoFailure with the text if the time is over */
    void check(Supplier<String> what) {
        if (passed()) {
            throw new DemoFailure(what.get());
        }
    }
}
