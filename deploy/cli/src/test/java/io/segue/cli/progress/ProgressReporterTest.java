package io.segue.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.cli.Shell;
import io.segue.cli.TestingShell;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProgressReporterTest {
    private static final long MB = 1_000_000;
    private final TestingShell testing = new TestingShell();

    @Test
    void elsewhereALineEveryFiveSecondsAndOneAtTheEnd() {
        try (ProgressReporter reporter = reporter(Optional.empty())) {
            reporter.show(restoring(0));
            for (int second = 1; second <= 11; second++) {
                testing.passMillis(1000);
                reporter.show(restoring(second));
            }
        }
        assertEquals("""
                restoring    0%  0 of 2,000 records  0 B/s  ETA ?
                restoring   25%  500 of 2,000 records  5.0 MB/s  ETA 0:15
                restoring   50%  1,000 of 2,000 records  5.0 MB/s  ETA 0:10
                restoring   55%  1,100 of 2,000 records  5.0 MB/s  ETA 0:09
                """, testing.err());
    }

    @Test
    void onATerminalABarThatIsRedrawn() {
        try (ProgressReporter reporter = reporter(Optional.of(120))) {
            reporter.show(restoring(5));
            testing.passMillis(100);
            reporter.show(restoring(6)); // too soon to be seen
            testing.passMillis(100);
            reporter.show(restoring(10));
            reporter.say("orders/0 is done");
        }
        assertEquals("""
                >[######------------------] restoring   25%  500 of 2,000 records  0 B/s  ETA ?\
                >[############------------] restoring   50%  1,000 of 2,000 records  125.0 MB/s  ETA 0:00\
                >orders/0 is done

                """.replace(">", "\r\u001B[K"), testing.err());
    }

    @Test
    void aNewPhaseLeavesTheLastOneWhereItEnded() {
        try (ProgressReporter reporter = reporter(Optional.of(40))) {
            reporter.show(new Progress("reading", 1, 0, 0, 0));
            reporter.show(new Progress("reading", 9, 0, 0, 0));
            reporter.show(new Progress("writing", 1, 0, 0, 0));
        }
        assertEquals("""
                >reading  1 record  0 B/s>reading  9 records  0 B/s
                >writing  1 record  0 B/s
                """.replace(">", "\r\u001B[K"), testing.err());
    }

    @Test
    void aNarrowTerminalCutsTheLine() {
        String line = ProgressLine.withBar(restoring(5), 1e9, 90, 30);
        assertEquals("[######------------------] re", line);
    }

    @Test
    void aStallShowsInRateAndEta() {
        Rate rate = new Rate();
        rate.sample(0, 0, 0);
        rate.sample(1_000_000_000L, 10 * MB, 0.1);
        assertEquals(10e6, rate.bytesPerSecond());
        assertEquals(9, rate.secondsLeft(), 0.01);
        for (int second = 2; second < 15; second++) {
            rate.sample(second * 1_000_000_000L, 10 * MB, 0.1);
        }
        assertEquals(0, rate.bytesPerSecond());
        assertEquals(-1, rate.secondsLeft());
    }

    private static Progress restoring(long seconds) {
        return new Progress("restoring", seconds * 100, 2000, seconds * 5 * MB, 100 * MB);
    }

    private ProgressReporter reporter(Optional<Integer> width) {
        Shell shell = testing.shell(width);
        return ProgressReporter.to(shell.err(), shell.terminalWidth(), shell.nanoTime());
    }
}
