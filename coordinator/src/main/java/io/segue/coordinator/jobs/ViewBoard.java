package io.segue.coordinator.jobs;

import io.segue.protocol.job.view.JobView;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The views of jobs that leaders have published, newest of each job, and those who follow them. Used by many threads. */
public final class ViewBoard {
    private static final int MAX_VIEWS = 2_000;
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Time time;
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final Map<String, Heard> heard = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Heard> eldest) {
            return size() > MAX_VIEWS;
        }
    };

    private record Heard(JobView view, long at) {}

    private record Follower(String jobId, Consumer<JobView> views) {}

    private long records;
    private long bytes;

    public ViewBoard(Time time) {
        this.time = time;
    }

    /** A leader has published a view. */
    public void hear(JobView view) {
        synchronized (heard) {
            Heard before = heard.put(view.jobId(), new Heard(view, time.nanos()));
            JobView.Progress earlier =
                    before == null ? JobView.Progress.NONE : before.view().progress();
            records += Math.max(0, view.progress().recordsDone() - earlier.recordsDone());
            bytes += Math.max(0, view.progress().bytesDone() - earlier.bytesDone());
        }
        followers.stream()
                .filter(follower -> follower.jobId().equals(view.jobId()))
                .forEach(follower -> follower.views().accept(view));
    }

    /** The newest view, if there was one. */
    Optional<JobView> newest(String jobId) {
        synchronized (heard) {
            return Optional.ofNullable(heard.get(jobId)).map(Heard::view);
        }
    }

    /** The newest view, if it is so young that the store would say nothing newer. */
    Optional<JobView> fresh(String jobId) {
        synchronized (heard) {
            return Optional.ofNullable(heard.get(jobId))
                    .filter(last -> time.nanos() - last.at() < FRESH.toNanos())
                    .map(Heard::view);
        }
    }

    Collection<JobView> all() {
        synchronized (heard) {
            return heard.values().stream().map(Heard::view).collect(Collectors.toList());
        }
    }

    /** Records that were reported since the start of this coordinator. */
    long records() {
        synchronized (heard) {
            return records;
        }
    }

    /** Bytes that were reported since the start of this coordinator. */
    long bytes() {
        synchronized (heard) {
            return bytes;
        }
    }

    Jobs.Following follow(String jobId, Consumer<JobView> views) {
        Follower follower = new Follower(jobId, views);
        followers.add(follower);
        return () -> followers.remove(follower);
    }
}
