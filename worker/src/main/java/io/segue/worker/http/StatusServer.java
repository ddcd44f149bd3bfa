package io.segue.worker.http;

import io.segue.worker.agent.WorkerAgent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Serves {@code GET /health} (200 while the process works), {@code /ready} (200 while a leader answers its heartbeats and it
 * takes orders, else 503) and {@code /metrics}. Nothing can be changed through it.
 */
public final class StatusServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final int BIND_SECONDS = 10;
    private static final int MAX_HEAD = 4_096;
    private static final int IDLE_SECONDS = 30;

    private final WorkerAgent agent;
    private final WorkerMetrics metrics;
    private final HttpServer server;

    private StatusServer(Vertx vertx, WorkerAgent agent) {
        this.agent = agent;
        this.metrics = new WorkerMetrics(agent);
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setMaxInitialLineLength(MAX_HEAD)
                        .setMaxHeaderSize(MAX_HEAD)
                        .setIdleTimeout(IDLE_SECONDS))
                .requestHandler(this::answer);
    }

    /**
     * Listens.
     *
     * @param port 0: any free one
     * @throws IllegalStateException if the address cannot be had
     */
    public static StatusServer start(Vertx vertx, String host, int port, WorkerAgent agent)
            throws InterruptedException {
        StatusServer status = new StatusServer(vertx, agent);
        try {
            status.server
                    .listen(port, host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(BIND_SECONDS, TimeUnit.SECONDS);
            return status;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "worker.http: " + host + ":" + port + " cannot be listened to: " + e.getMessage(), e);
        }
    }

    public int port() {
        return server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            end(request, NOT_ALLOWED, "use GET");
            return;
        }
        switch (request.path()) {
            case "/health" -> end(request, OK, "up");
            case "/ready" -> end(request, agent.ready() ? OK : UNAVAILABLE, agent.ready() ? "ready" : "not ready");
            case "/metrics" ->
                request.response()
                        .putHeader("Content-Type", WorkerMetrics.CONTENT_TYPE)
                        .end(metrics.scrape());
            default -> end(request, NOT_FOUND, "not here; see /health, /ready, /metrics");
        }
    }

    private void end(HttpServerRequest request, int status, String word) {
        JsonObject body =
                new JsonObject().put("status", word).put("slots", agent.slots()).put("running", agent.running());
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }

    @Override
    public void close() {
        server.close();
    }
}
