package io.segue.coordinator.api;

import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request says beside its path, checked. */
final class Parameters {
    private static final Pattern JOB_ID = Pattern.compile("[a-z0-9][a-z0-9-]{2,80}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private Parameters() {}

    static String jobId(RoutingContext request) {
        String id = Optional.ofNullable(request.pathParam("id")).orElse("");
        if (!JOB_ID.matcher(id).matches()) {
            throw ApiError.badParameter("'" + id + "' is not a job id", "they look like restore-20261122-221500-3f9a")
                    .thrown();
        }
        return id;
    }

    /** A number of the query, from {@code least} to {@code most}. */
    static int number(RoutingContext request, String name, int absent, int least, int most) {
        List<String> values = request.queryParam(name);
        if (values.isEmpty()) {
            return absent;
        }
        String text = values.get(0);
        long number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
        if (values.size() > 1 || number < least || number > most) {
            throw ApiError.badParameter(name + " is not one number from " + least + " to " + most, "leave it out")
                    .thrown();
        }
        return (int) number;
    }

    /** A parameter of the query that may be there once. */
    static Optional<String> word(RoutingContext request, String name) {
        List<String> values = request.queryParam(name);
        if (values.size() > 1 || values.stream().anyMatch(String::isBlank)) {
            throw ApiError.badParameter(name + " is not one word", "leave it out")
                    .thrown();
        }
        return values.stream().findFirst();
    }

    static String body(RoutingContext request) {
        return Optional.ofNullable(request.body().asString("UTF-8")).orElse("");
    }

    /** Address of the client. */
    static String peer(RoutingContext request) {
        return Optional.ofNullable(request.request().remoteAddress())
                .map(SocketAddress::hostAddress)
                .orElse("unknown");
    }
}
