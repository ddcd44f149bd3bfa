package io.segue.worker.restore;

import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.ManualTime;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What the processes of a world read the time from.
 *
 * @param random of the jitter of pauses, so that the same seed pauses as long
 * @param standsStill a process never sees its lease end, and never has to look at the log again
 */
record ProcessClock(ManualTime time, RandomGenerator random, boolean standsStill) implements Time {
    @Override
    public long wallMillis() {
        return standsStill ? 0 : time.wallMillis();
    }

    @Override
    public long nanos() {
        return standsStill ? 0 : time.nanos();
    }

    @Override
    public void pause(Duration duration) {
        time.pause(duration);
    }

    @Override
    public void pause(Backoff backoff, int attempt) {
        pause(backoff.after(attempt, random));
    }
}
