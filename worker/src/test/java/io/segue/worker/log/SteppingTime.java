package io.segue.worker.log;

import io.segue.protocol.time.Time;
import java.time.Duration;

/** A quarter of a second passes with every look at the monotonic clock; the wall clock stands at 1 s. */
public final class SteppingTime implements Time {
    private long quarters;

    @Override
    public long wallMillis() {
        return 1_000;
    }

    @Override
    public long nanos() {
        return ++quarters * 250_000_000L;
    }

    @Override
    public void pause(Duration duration) {
        quarters += duration.toMillis() / 250 + 1;
    }
}
