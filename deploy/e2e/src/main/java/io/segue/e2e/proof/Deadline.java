package io.segue.e2e.proof;

import java.time.Duration;
import java.util.function.Supplier;

/** A bound on waiting. */
public final class Deadline {
    private final long at;

    private Deadline(long at) {
        this.at = at;
    }

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    public boolean passed() {
        return System.nanoTime() - at >= 0;
    }

    /** @throws RunFailure with the text if the time is over */
    public void check(Supplier<String> what) {
        if (passed()) {
            throw new RunFailure(what.get());
        }
    }
}
