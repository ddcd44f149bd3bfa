package io.segue.coordinator.dispatch;

import io.segue.protocol.time.Time;
import java.time.Duration;

/** Clocks on which five seconds have passed each time somebody looks: whoever waits for a time has it soon. */
public final class PassingTime implements Time {
    private long seconds;

    @Override
    public synchronized long wallMillis() {
        return 1_700_000_000_000L + 1_000 * (seconds += 5);
    }

    @Override
    public synchronized long nanos() {
        return 1_000_000_000L * (seconds += 5);
    }

    @Override
    public synchronized void pause(Duration duration) {
        seconds += duration.toSeconds();
    }
}
