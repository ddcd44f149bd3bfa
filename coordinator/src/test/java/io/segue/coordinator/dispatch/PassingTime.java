package io.segue.coordinator.dispatch;

import io.segue.protocol.time.Time;
import java.time.Duration;

/** Clocks on which some time has passed each time somebody looks: whoever waits for a time has it soon. */
public class PassingTime implements Time {
    private final Duration atEachLook;
    private long nanos;

    /** Five seconds at each look. */
    public PassingTime() {
        this(Duration.ofSeconds(5));
    }

    public PassingTime(Duration atEachLook) {
        this.atEachLook = atEachLook;
    }

    @Override
    public synchronized long wallMillis() {
        pause(atEachLook);
        return 1_700_000_000_000L + nanos / 1_000_000;
    }

    @Override
    public synchronized long nanos() {
        pause(atEachLook);
        return nanos;
    }

    @Override
    public synchronized void pause(Duration duration) {
        nanos += duration.toNanos();
    }
}
