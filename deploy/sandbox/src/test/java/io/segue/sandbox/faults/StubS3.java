package io.segue.sandbox.faults;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A server with the weakness that the proxy makes up for: a conditional put looks first and writes later. A GET of
 * {@code /bucket/endless} never ends.
 */
final class StubS3 extends VerticleBase {
    private static final long LOOK_TO_WRITE_MILLIS = 20;

    final Map<String, Buffer> objects = new ConcurrentHashMap<>();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicLong endlessBytes = new AtomicLong();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger writing = new AtomicInteger();
    volatile @Nullable String lastHost;
    private volatile int port;

    int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .onSuccess((HttpServer server) -> port = server.actualPort());
    }

    private void handle(HttpServerRequest request) {
        requests.incrementAndGet();
        lastHost = request.getHeader("Host");
        if (request.path().endsWith("/endless")) {
            request.response().setChunked(true);
            pour(request);
        } else if (request.method().name().equals("PUT")) {
            request.body().onSuccess(body -> put(request, body));
        } else if (request.method().name().equals("HEAD")) {
            request.response().putHeader("Content-Length", "100000").end();
        } else {
            Buffer found = objects.get(request.path());
            request.response().setStatusCode(found == null ? 404 : 200).end(found == null ? Buffer.buffer() : found);
        }
    }

    private void put(HttpServerRequest request, Buffer body) {
        boolean taken = objects.containsKey(request.path());
        if (taken && "*".equals(request.getHeader("If-None-Match"))) {
            request.response().setStatusCode(412).end();
            return;
        }
        mostAtOnce.accumulateAndGet(writing.incrementAndGet(), Math::max);
        vertx.setTimer(LOOK_TO_WRITE_MILLIS, timer -> {
            writing.decrementAndGet();
            objects.put(request.path(), body);
            request.response().end();
        });
    }

    private void pour(HttpServerRequest request) {
        Buffer chunk = Buffer.buffer(new byte[64 * 1024]);
        while (!request.response().writeQueueFull() && !request.response().closed()) {
            endlessBytes.addAndGet(chunk.length());
            request.response().write(chunk).onFailure(gone -> endlessBytes.get());
        }
        request.response().drainHandler(nothing -> pour(request));
    }
}
