package io.segue.e2e.chaos;

import io.segue.e2e.chaos.Plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets one fault after the other happen until it is told to stop; then everything is mended. */
final class Lane implements AutoCloseable {
    private final Plan plan;
    private final Function<Step, Strike> strikes;
    private final Consumer<String> story;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> done = new ArrayList<>();
    private final Thread thread;
    private @Nullable Throwable broken;

    private Lane(String name, Plan plan, Function<Step, Strike> strikes, Consumer<String> story) {
        this.plan = plan;
        this.strikes = strikes;
        this.story = story;
        this.thread = new Thread(this::run, "chaos-" + name);
        thread.setDaemon(true);
    }

    static Lane start(String name, Plan plan, Function<Step, Strike> strikes, Consumer<String> story) {
        Lane lane = new Lane(name, plan, strikes, story);
        lane.thread.start();
        return lane;
    }

    private void run() {
        try {
            for (Step step = plan.next(); !isOver(step.pauseMillis()); step = plan.next()) {
                Strike strike = strikes.apply(step);
                story.accept(strike.name() + " for " + step.holdMillis() + " ms");
                strike.begin().run();
                try {
                    isOver(step.holdMillis());
                } finally {
                    strike.end().run();
                }
                synchronized (done) {
                    done.add(strike.name());
                }
            }
        } catch (InterruptedException | RuntimeException e) {
            broken = e;
        }
    }

    /** Waits so long, or until the lane is closed. */
    private boolean isOver(int millis) throws InterruptedException {
        return over.await(millis, TimeUnit.MILLISECONDS);
    }

    /** The names of what has happened so far. */
    List<String> done() {
        synchronized (done) {
            return List.copyOf(done);
        }
    }

    /**
     * Returns when the last fault is mended.
     *
     * @throws IllegalStateException if the world could not be broken or mended as planned
     */
    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (broken != null) {
            throw new IllegalStateException("chaos itself failed: " + broken.getMessage(), broken);
        }
    }
}
