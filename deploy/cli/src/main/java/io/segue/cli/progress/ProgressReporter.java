package io.segue.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows progress, as often as is good to look at: on a terminal a bar that is redrawn, elsewhere a line every few
 * seconds. May be told more often, and by several threads.
 */
public abstract class ProgressReporter implements AutoCloseable {
    private ProgressReporter() {}

    /** Shows how far it is now. */
    public abstract void show(Progress progress);

    /** Writes a line of its own, without disturbing the bar. */
    public abstract void say(String line);

    /** Shows the last state on a line of its own; what is shown after it begins anew. */
    public abstract void finish();

    /** Shows the last state, and leaves the cursor at the begin of a line. */
    @Override
    public final void close() {
        finish();
    }

    /** Shows nothing. */
    public static ProgressReporter silent() {
        return new ProgressReporter() {
            @Override
            public void show(Progress progress) {}

            @Override
            public void say(String line) {}

            @Override
            public void finish() {}
        };
    }

    /** Shows a bar if there is a terminal of some width, lines if not. */
    public static ProgressReporter to(PrintStream stream, Optional<Integer> terminalWidth, LongSupplier nanoTime) {
        return terminalWidth
                .<ProgressReporter>map(width -> new Bar(stream, nanoTime, width))
                .orElseGet(() -> new Lines(stream, nanoTime));
    }

    /** When to write, and what; the subclasses know how. */
    private abstract static class Written extends ProgressReporter {
        final PrintStream stream;
        private final LongSupplier nanoTime;
        private final Duration interval;
        private Rate rate = new Rate();
        private @Nullable Progress latest;
        private @Nullable Progress written;
        private long writtenAt;

        Written(PrintStream stream, LongSupplier nanoTime, Duration interval) {
            this.stream = stream;
            this.nanoTime = nanoTime;
            this.interval = interval;
        }

        abstract void write(Progress progress, double bytesPerSecond, double secondsLeft);

        @Override
        public final synchronized void show(Progress progress) {
            long now = nanoTime.getAsLong();
            boolean another = latest == null || !latest.doing().equals(progress.doing());
            if (another) {
                endOfPhase();
                rate = new Rate();
            }
            latest = progress;
            if (another || now - writtenAt >= interval.toNanos()) {
                writeNow(progress, now);
            }
        }

        private void writeNow(Progress progress, long now) {
            rate.sample(now, progress.bytes(), progress.fraction());
            write(progress, rate.bytesPerSecond(), rate.secondsLeft());
            written = progress;
            writtenAt = now;
        }

        /** Leaves the last state of what was being done so far on a line of its own. */
        void endOfPhase() {
            Progress last = latest;
            if (last != null && !last.equals(written)) {
                writeNow(last, nanoTime.getAsLong());
            }
        }

        @Override
        public final synchronized void finish() {
            endOfPhase();
            latest = null;
        }
    }

    private static final class Bar extends Written {
        private static final String TO_BEGIN_AND_CLEAR = "\r\u001B[K";
        private final int width;
        private boolean showing;

        Bar(PrintStream stream, LongSupplier nanoTime, int width) {
            super(stream, nanoTime, Duration.ofMillis(200));
            this.width = width;
        }

        @Override
        void write(Progress progress, double bytesPerSecond, double secondsLeft) {
            showing = true;
            stream.print(TO_BEGIN_AND_CLEAR + ProgressLine.withBar(progress, bytesPerSecond, secondsLeft, width));
            stream.flush();
        }

        @Override
        public synchronized void say(String line) {
            stream.println(TO_BEGIN_AND_CLEAR + line);
            stream.flush();
        }

        @Override
        void endOfPhase() {
            super.endOfPhase();
            if (showing) {
                stream.println();
                stream.flush();
                showing = false;
            }
        }
    }

    private static final class Lines extends Written {
        Lines(PrintStream stream, LongSupplier nanoTime) {
            super(stream, nanoTime, Duration.ofSeconds(5));
        }

        @Override
        void write(Progress progress, double bytesPerSecond, double secondsLeft) {
            say(ProgressLine.format(progress, bytesPerSecond, secondsLeft));
        }

        @Override
        public synchronized void say(String line) {
            stream.println(line);
            stream.flush();
        }
    }
}
