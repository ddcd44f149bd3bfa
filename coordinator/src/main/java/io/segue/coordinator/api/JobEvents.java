package io.segue.coordinator.api;

import io.segue.coordinator.jobs.Jobs;
import io.segue.coordinator.jobs.Jobs.Following;
import io.segue.protocol.job.view.JobView;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/jobs/{id}/events}: the views of a job as server-sent events, the present one first. */
final class JobEvents {
    private final Vertx vertx;
    private final Jobs jobs;
    private final BlockingCalls calls;
    private final Duration heartbeat;
    private final AtomicInteger followers = new AtomicInteger();

    /** The job as it is, and the views from then on. */
    private record Opened(Following following, Optional<JobView> view) {}

    JobEvents(Vertx vertx, Jobs jobs, BlockingCalls calls, Duration heartbeat) {
        this.vertx = vertx;
        this.jobs = jobs;
        this.calls = calls;
        this.heartbeat = heartbeat;
    }

    /** Clients that follow a job now. */
    int followers() {
        return followers.get();
    }

    /** @param after as in {@link EventText} */
    void follow(RoutingContext request, String jobId, int after) {
        if (followers.incrementAndGet() > ApiLimits.FOLLOWERS) {
            followers.decrementAndGet();
            request.fail(new ApiError(503, "busy", "too many followers", "ask another coordinator").thrown());
            return;
        }
        EventText text = new EventText(Optional.ofNullable(request.request().getHeader("Last-Event-ID")), after);
        Follower follower = new Follower(request.response(), text);
        Inbox inbox = new Inbox(vertx.getOrCreateContext(), follower);
        calls.run(() -> open(jobId, inbox)).onComplete(opened -> {
            if (opened.failed()) {
                followers.decrementAndGet();
                request.fail(opened.cause());
            } else if (opened.result().view().isEmpty() || request.response().closed()) {
                followers.decrementAndGet();
                opened.result().following().close();
                request.fail(ApiError.noSuchJob(jobId).thrown());
            } else {
                begin(request, jobId, follower, opened.result());
            }
        });
    }

    private Opened open(String jobId, Inbox inbox) {
        Following following = jobs.follow(jobId, inbox::put);
        try {
            return new Opened(following, jobs.find(jobId));
        } catch (RuntimeException e) {
            following.close();
            throw e;
        }
    }

    private void begin(RoutingContext request, String jobId, Follower follower, Opened opened) {
        follower.begin();
        long timer = vertx.setPeriodic(heartbeat.toMillis(), tick -> {
            follower.heartbeat();
            calls.run(() -> jobs.find(jobId)).onSuccess(view -> view.ifPresent(follower::show));
        });
        // fires when the response has ended and when its connection is lost, once
        request.addEndHandler(ended -> {
            vertx.cancelTimer(timer);
            opened.following().close();
            followers.decrementAndGet();
        });
        opened.view().ifPresent(follower::show);
    }

    /** Hands views from any thread to the follower's event loop; of those that wait, the newest counts. */
    private static final class Inbox {
        private final Context context;
        private final Follower follower;
        private final AtomicReference<@Nullable JobView> newest = new AtomicReference<>();

        Inbox(Context context, Follower follower) {
            this.context = context;
            this.follower = follower;
        }

        void put(JobView view) {
            if (newest.getAndSet(view) == null) {
                context.runOnContext(go -> {
                    JobView taken = newest.getAndSet(null);
                    if (taken != null) {
                        follower.show(taken);
                    }
                });
            }
        }
    }
}
