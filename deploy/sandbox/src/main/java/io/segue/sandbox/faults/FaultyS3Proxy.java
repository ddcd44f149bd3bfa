package io.segue.sandbox.faults;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;

/**
 * An S3 end point in front of an S3 server. What it adds: conditional writes of one key are atomic, and the faults of an
 * {@link S3Faults}. The host that the client named is passed on, so that signatures hold.
 */
public final class FaultyS3Proxy extends VerticleBase {
    private static final int CONNECTIONS = 256;
    private static final int HEADER_BYTES = 64 * 1024;
    /** Below the 30 s after which the server closes idle connections. */
    private static final int KEEP_ALIVE_SECONDS = 15;

    private final int port;
    private final SocketAddress server;
    private final S3Faults faults;

    /** Listens on 127.0.0.1 at {@code port}; {@code serverPort} is the real server's, on the same host. */
    public FaultyS3Proxy(int port, String serverHost, int serverPort, S3Faults faults) {
        this.port = port;
        this.server = SocketAddress.inetSocketAddress(serverPort, serverHost);
        this.faults = faults;
    }

    @Override
    public Future<?> start() {
        var client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(KEEP_ALIVE_SECONDS).setMaxHeaderSize(HEADER_BYTES),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(CONNECTIONS));
        var route = new Route(vertx, client, server, new KeyGate());
        var control = new FaultControl(faults);
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHandle100ContinueAutomatically(true)
                        .setMaxHeaderSize(HEADER_BYTES)
                        .setMaxInitialLineLength(HEADER_BYTES))
                .requestHandler(request -> {
                    if (FaultControl.concerns(request)) {
                        control.handle(request);
                    } else {
                        pass(route, request);
                    }
                })
                .listen(port, "127.0.0.1");
    }

    private void pass(Route route, HttpServerRequest request) {
        S3Request what = S3Request.of(request);
        FaultPlan plan = new FaultPlan(faults.firingFor(what.method(), what.key()));
        new Exchange(route, request, what, plan).run();
    }
}
