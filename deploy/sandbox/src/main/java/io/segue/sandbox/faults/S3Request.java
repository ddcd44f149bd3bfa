package io.segue.sandbox.faults;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What the proxy has to know of an S3 request in path style. The key is empty for requests about a bucket; the length is 0 if unknown. */
record S3Request(String method, String key, boolean conditionalWrite, long length) {
    static S3Request of(HttpServerRequest request) {
        String method = request.method().name();
        boolean writes = method.equals("PUT") || method.equals("POST");
        boolean conditional =
                request.headers().contains("If-None-Match") || request.headers().contains("If-Match");
        return new S3Request(method, keyOf(request.path()), writes && conditional, lengthOf(request));
    }

    private static long lengthOf(HttpServerRequest request) {
        try {
            String length = request.getHeader("Content-Length");
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }

    private static String keyOf(String path) {
        int slash = path.indexOf('/', 1);
        // a plus sign stands for itself in a path
        String raw = slash < 0 ? "" : path.substring(slash + 1).replace("+", "%2B");
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return raw;
        }
    }
}
