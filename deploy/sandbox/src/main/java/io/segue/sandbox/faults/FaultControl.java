package io.segue.sandbox.faults;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Faults over HTTP, for a sandbox in another process: {@code POST} a rule ({@link FaultJson}), {@code GET} the list,
 * {@code DELETE} all. No bucket can have the path's name. Unauthenticated: it listens where the end point does, on
 * 127.0.0.1, and faults are no secret.
 */
final class FaultControl {
    private static final String PATH = "/_faults";
    private static final int BODY_BYTES = 16 * 1024;

    private final S3Faults faults;

    FaultControl(S3Faults faults) {
        this.faults = faults;
    }

    static boolean concerns(HttpServerRequest request) {
        return PATH.equals(request.path());
    }

    void handle(HttpServerRequest request) {
        BufferSink body = new BufferSink(BODY_BYTES);
        request.pipeTo(body)
                .onSuccess(read -> answer(request, body.content()))
                .onFailure(tooLarge -> reply(request, 400, new JsonObject().put("error", tooLarge.getMessage())));
    }

    private void answer(HttpServerRequest request, Buffer body) {
        try {
            if (request.method().equals(HttpMethod.POST)) {
                faults.inject(FaultJson.read(new JsonObject(body)));
            } else if (request.method().equals(HttpMethod.DELETE)) {
                faults.clear();
            } else if (!request.method().equals(HttpMethod.GET)) {
                reply(request, 405, new JsonObject().put("error", "use GET, POST or DELETE"));
                return;
            }
            reply(request, 200, new JsonObject().put("faults", list()));
        } catch (IllegalArgumentException | ClassCastException | DecodeException | IllegalStateException e) {
            reply(request, 400, new JsonObject().put("error", message(e)));
        }
    }

    private JsonArray list() {
        List<JsonObject> all = new ArrayList<>();
        for (InjectedFault injected : faults.active()) {
            all.add(FaultJson.write(all.size(), injected));
        }
        return new JsonArray(all);
    }

    private static String message(Exception e) {
        @Nullable String text = e.getMessage();
        return text == null ? e.toString() : text;
    }

    private static void reply(HttpServerRequest request, int status, JsonObject json) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(json.encode());
    }
}
