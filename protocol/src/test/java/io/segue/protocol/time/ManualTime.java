package io.segue.protocol.time;

import java.time.Duration;

/** Clocks that stand still until a test moves them, or until somebody pauses: a pause passes at once. */
public final class ManualTime implements Time {
    private static final long START = 1_700_000_000_000L;

    private long nanos;
    private long wallShiftMillis;
    private volatile Runnable onPause = () -> {};

    /** What others do at the end of every pause. */
    public void onPause(Runnable action) {
        onPause = action;
    }

    public synchronized void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    /** Sets the wall clock, on or back. */
    public synchronized void setWall(Duration shift) {
        wallShiftMillis += shift.toMillis();
    }

    /** What has passed since the clocks were made. */
    public synchronized Duration passed() {
        return Duration.ofNanos(nanos);
    }

    @Override
    public synchronized long wallMillis() {
        return START + wallShiftMillis + nanos / 1_000_000;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public void pause(Duration duration) {
        advance(duration);
        onPause.run();
    }
}
