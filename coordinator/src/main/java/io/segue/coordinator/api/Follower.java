package io.segue.coordinator.api;

import io.segue.protocol.job.view.JobView;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * One client that follows a job; lives on its event loop. While its connection takes nothing more, only the newest view is
 * kept: it holds all that the older ones said. A client that takes nothing for {@link ApiLimits#IDLE} loses its connection.
 */
final class Follower {
    private final HttpServerResponse response;
    private final EventText text;
    private @Nullable JobView waiting;

    Follower(HttpServerResponse response, EventText text) {
        this.response = response;
        this.text = text;
    }

    void begin() {
        response.setChunked(true)
                .setWriteQueueMaxSize(ApiLimits.FOLLOWER_QUEUE)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .drainHandler(drained -> write());
        response.write("retry: 1000\n\n");
    }

    void show(JobView view) {
        waiting = view;
        write();
    }

    private void write() {
        JobView view = waiting;
        if (view == null || response.closed() || response.ended() || response.writeQueueFull()) {
            return;
        }
        waiting = null;
        String events = text.of(view);
        if (!events.isEmpty()) {
            response.write(events);
        }
        if (text.ended()) {
            response.end();
        }
    }

    /** A sign of life, for a client that has room for it. */
    void heartbeat() {
        if (!response.writeQueueFull()) {
            response.write(": alive\n\n");
        }
    }
}
