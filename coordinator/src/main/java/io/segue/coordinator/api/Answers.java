package io.segue.coordinator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.store.StoreException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers: JSON, in good and in bad. */
final class Answers {
    static final String JSON_TYPE = "application/json";

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final ObjectMapper JSON = JobJson.mapper();

    private Answers() {}

    static void send(RoutingContext request, int status, Object value) {
        send(request.response(), status, JSON_TYPE, json(value));
    }

    static void send(HttpServerResponse response, int status, String type, String content) {
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(content);
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + value.getClass().getSimpleName() + " cannot be written", e);
        }
    }

    /** Answers a request that failed, whoever failed it. */
    static void failed(RoutingContext request) {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            request.request().connection().close();
            return;
        }
        ApiError error = error(request);
        if (error.status() == 503) {
            response.putHeader("Retry-After", "1");
        }
        if (error.status() == 413) {
            // the rest of the body would have to be read before the next request
            response.putHeader("Connection", "close");
        }
        send(request, error.status(), error.json());
    }

    private static ApiError error(RoutingContext request) {
        Throwable failure = request.failure();
        if (failure instanceof ApiError.Thrown thrown) {
            return thrown.error();
        }
        if (failure instanceof StoreException e) {
            LOG.warn("{} {}: {}", request.request().method(), request.request().path(), e.getMessage());
            return new ApiError(
                    503, "store-unavailable", "the durable store does not answer", "the coordinator's log says why");
        }
        if (failure != null && request.statusCode() >= 500) {
            LOG.error(
                    "{} {} failed",
                    request.request().method(),
                    request.request().path(),
                    failure);
        }
        return ApiError.ofStatus(request.statusCode());
    }
}
