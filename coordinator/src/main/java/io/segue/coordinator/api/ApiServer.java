package io.segue.coordinator.api;

import io.segue.coordinator.jobs.Jobs;
import io.segue.protocol.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The API of one coordinator, on one port. It holds no state of jobs: any coordinator answers the same. */
public final class ApiServer {
    private final HttpServer server;
    private final BlockingCalls calls;

    private ApiServer(HttpServer server, BlockingCalls calls) {
        this.server = server;
        this.calls = calls;
    }

    /**
     * Starts to listen.
     *
     * @param host of this machine, in name or address
     * @param port 0: any that is free
     * @return fails if the port is taken or the host is not of this machine
     */
    public static Future<ApiServer> start(Vertx vertx, Jobs jobs, String host, int port) {
        return start(vertx, jobs, host, port, ApiLimits.HEARTBEAT, ApiLimits.IDLE);
    }

    static Future<ApiServer> start(Vertx vertx, Jobs jobs, String host, int port, Duration heartbeat, Duration idle) {
        BlockingCalls calls = new BlockingCalls(vertx);
        JobEvents events = new JobEvents(vertx, jobs, calls, heartbeat);
        ApiMetrics metrics = new ApiMetrics(events::followers);
        List<ApiRoutes.Route> routes = new ApiRoutes(jobs, calls, events, metrics, Time.system()).all();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(ApiLimits.ADDRESS)
                .setMaxHeaderSize(ApiLimits.HEADERS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) idle.toMillis());
        return vertx.createHttpServer(options)
                .requestHandler(ApiRouter.of(vertx, routes, metrics))
                .invalidRequestHandler(ApiServer::unreadable)
                .listen()
                .map(server -> new ApiServer(server, calls))
                .onFailure(failure -> calls.close());
    }

    /** Where it listens. */
    public int port() {
        return server.actualPort();
    }

    /** Ends every connection; followers go to another coordinator. */
    public Future<Void> close() {
        return server.close().eventually(calls::close);
    }

    private static void unreadable(HttpServerRequest request) {
        ApiError error = ApiError.ofStatus(400);
        request.response().putHeader("Connection", "close");
        Answers.send(request.response(), error.status(), Answers.JSON_TYPE, Answers.json(error.json()));
        request.connection().close();
    }
}
