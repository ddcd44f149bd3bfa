package io.segue.cli.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * SIGTERM and Ctrl-C as a request to stop cleanly: the work sees {@link #getAsBoolean}, ends, and says with which status the
 * process shall end; after {@link #PATIENCE_SECONDS} it ends all the same.
 */
public final class StopOnSignal implements BooleanSupplier {
    private static final int PATIENCE_SECONDS = 90;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean asked;
    private volatile int status;

    private StopOnSignal(int status) {
        this.status = status;
    }

    /** @param status of a process that could not end its work in time */
    public static StopOnSignal install(int status) {
        StopOnSignal stop = new StopOnSignal(status);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::onShutdown, "segue-stop"));
        return stop;
    }

    @Override
    public boolean getAsBoolean() {
        return asked;
    }

    /** The work has ended, stopped or not. */
    public void ended(int withStatus) {
        status = withStatus;
        ended.countDown();
    }

    private void onShutdown() {
        if (ended.getCount() == 0) {
            return;
        }
        asked = true;
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }
}
