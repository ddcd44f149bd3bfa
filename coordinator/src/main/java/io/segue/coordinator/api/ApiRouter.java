package io.segue.coordinator.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Brings a request to its route, if it is one that a route may see. */
final class ApiRouter {
    /** No path of ours needs more; nothing is decoded, so that nothing can hide. */
    private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9_-]+)+");

    private static final String NO_ROUTE = "none";

    private ApiRouter() {}

    static Router of(Vertx vertx, List<ApiRoutes.Route> routes, ApiMetrics metrics) {
        Router router = Router.router(vertx);
        router.route().handler(request -> measure(request, metrics));
        router.route().handler(ApiRouter::checkPath);
        router.route().handler(BodyHandler.create(false).setBodyLimit(ApiLimits.BODY));
        router.route().failureHandler(Answers::failed);
        for (ApiRoutes.Route route : routes) {
            Route added = router.route(route.method(), route.path().replace("{id}", ":id"))
                    .setName(route.path());
            if (route.method().equals(HttpMethod.POST)) {
                added.handler(ApiRouter::checkContentType);
            }
            added.handler(route.handler());
        }
        for (int status : new int[] {400, 404, 406, 413, 415, 500}) {
            router.errorHandler(status, Answers::failed);
        }
        router.errorHandler(405, request -> {
            request.response()
                    .putHeader("Allow", allowed(routes, request.request().path()));
            Answers.failed(request);
        });
        return router;
    }

    private static void measure(RoutingContext request, ApiMetrics metrics) {
        long start = System.nanoTime();
        request.addHeadersEndHandler(written -> {
            String route = Optional.ofNullable(request.currentRoute())
                    .map(Route::getName)
                    .filter(name -> name.startsWith("/"))
                    .orElse(NO_ROUTE);
            metrics.answered(
                    request.request().method().name(),
                    route,
                    request.response().getStatusCode(),
                    System.nanoTime() - start);
        });
        request.next();
    }

    private static void checkPath(RoutingContext request) {
        String path = request.request().path();
        if (path == null || !PATH.matcher(path).matches()) {
            throw new ApiError(400, "bad-path", "no path of this API looks like this", "see docs/api.md").thrown();
        }
        request.next();
    }

    /** Also what keeps pages of other sites from posting: a browser asks first before it sends this type. */
    private static void checkContentType(RoutingContext request) {
        String type =
                Optional.ofNullable(request.request().getHeader("Content-Type")).orElse("");
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals(Answers.JSON_TYPE)) {
            throw new ApiError(
                            415,
                            "wrong-content-type",
                            "the body is " + (media.isEmpty() ? "of no named type" : "'" + media + "'") + ", not JSON",
                            "send Content-Type: application/json, also where the body is empty")
                    .thrown();
        }
        request.next();
    }

    private static String allowed(List<ApiRoutes.Route> routes, String path) {
        return routes.stream()
                .filter(route -> path.matches(route.path().replace("{id}", "[^/]+")))
                .map(route -> route.method().name())
                .collect(Collectors.joining(", "));
    }
}
