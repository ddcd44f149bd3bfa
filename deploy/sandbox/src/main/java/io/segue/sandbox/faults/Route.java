package io.segue.sandbox.faults;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.Locale;
import java.util.Set;

/** The way from the proxy to the S3 server, which all exchanges share. */
record Route(Vertx vertx, HttpClient client, SocketAddress server, KeyGate gate) {
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "transfer-encoding", "expect", "host", "upgrade");

    /**
     * Opens the server's side of a request, with its headers and the host that the client named.
     *
     * @param idleMillis gives up after so long without a byte; 0: never
     */
    Future<HttpClientRequest> open(HttpServerRequest request, long idleMillis) {
        HostAndPort host = request.authority();
        RequestOptions options = new RequestOptions()
                .setServer(server)
                .setHost(host == null ? server.host() : host.host())
                .setPort(host == null || host.port() < 0 ? server.port() : host.port())
                .setMethod(request.method())
                .setURI(request.uri())
                .setIdleTimeout(idleMillis);
        return client.request(options).map(out -> {
            // the failure arrives through response(); without a handler Vert.x logs each reset as an error
            out.exceptionHandler(broken -> {});
            passOn(request.headers(), out.headers());
            out.setChunked("chunked".equalsIgnoreCase(request.getHeader("Transfer-Encoding")));
            return out;
        });
    }

    /** Copies what concerns the whole way and not only one connection of it. */
    static void passOn(MultiMap from, MultiMap to) {
        from.forEach((name, value) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                to.add(name, value);
            }
        });
    }
}
