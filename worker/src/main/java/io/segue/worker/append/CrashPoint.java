package io.segue.worker.append;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * For tests of recovery: ends the process at once, as SIGKILL would, when a step is reached for the n-th time. Asked for by
 * the environment variable {@code SEGUE_CRASH_AT=STEP:N}; without it nothing happens.
 */
public final class CrashPoint implements AppendSteps {
    public static final String VARIABLE = "SEGUE_CRASH_AT";
    private static final int STATUS = 137;

    private final Step step;
    private final AtomicInteger left;

    private CrashPoint(Step step, int times) {
        this.step = step;
        this.left = new AtomicInteger(times);
    }

    /** @throws IllegalArgumentException if the text names no step */
    public static AppendSteps parse(String text) {
        if (text.isEmpty()) {
            return reached -> {};
        }
        String[] parts = text.split(":", 2);
        Step step = Step.valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_'));
        return new CrashPoint(step, parts.length == 1 ? 1 : Integer.parseInt(parts[1]));
    }

    @Override
    public void reached(Step at) {
        if (at == step && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
