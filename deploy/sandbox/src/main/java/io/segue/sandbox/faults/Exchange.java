package io.segue.sandbox.faults;

import io.segue.sandbox.faults.BodyPump.Treatment;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the proxy: delay or refuse it, pass it on, pass the answer back.
 *
 * <p>A conditional write is read whole first and then passes {@link KeyGate} alone for its key; it leaves the gate when
 * the server has answered in full, whatever becomes of the client, because only then is it decided. Read whole first,
 * because a client that stalls must not keep others from the key: it would not in S3.
 */
final class Exchange {
    private static final long CONDITIONAL_BYTES = 16L << 20;
    private static final long CONDITIONAL_IDLE_MILLIS = 60_000;
    private final Route route;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final S3Request what;
    private final FaultPlan plan;
    private boolean clientGone;
    private @Nullable HttpClientRequest upstream;
    private @Nullable HttpClientResponse answering;

    Exchange(Route route, HttpServerRequest request, S3Request what, FaultPlan plan) {
        this.route = route;
        this.request = request;
        this.response = request.response();
        this.what = what;
        this.plan = plan;
    }

    void run() {
        request.pause();
        response.closeHandler(nothing -> clientLeft());
        response.exceptionHandler(broken -> clientLeft());
        long millis = plan.delay().toMillis();
        if (millis > 0) {
            route.vertx().setTimer(millis, timer -> afterDelay());
        } else {
            afterDelay();
        }
    }

    private void afterDelay() {
        if (clientGone) {
            return;
        }
        if (plan.error().isPresent()) {
            refuse(plan.error().getAsInt(), "injected by the sandbox");
        } else if (what.conditionalWrite()) {
            passOnAlone();
        } else {
            route.open(request, 0).onSuccess(this::stream).onFailure(this::unreachable);
        }
    }

    private void stream(HttpClientRequest out) {
        upstream = out;
        if (clientGone) {
            out.reset();
            return;
        }
        out.response().onSuccess(this::answer).onFailure(this::unreachable);
        pumpRequest(
                new BodyPump(
                        route.vertx(), request, out, treatment(Fault.Side.REQUEST, OptionalLong.empty(), List.of())),
                out::end);
    }

    private void passOnAlone() {
        if (what.length() > CONDITIONAL_BYTES) {
            refuse(400, "the sandbox takes conditional writes of at most " + CONDITIONAL_BYTES + " bytes");
            return;
        }
        BufferSink body = new BufferSink(CONDITIONAL_BYTES);
        pumpRequest(
                new BodyPump(
                        route.vertx(), request, body, treatment(Fault.Side.REQUEST, OptionalLong.empty(), List.of())),
                () -> route.gate()
                        .enter(what.key())
                        .onSuccess(nothing -> inside(body.content()))
                        .onFailure(full -> refuse(503, String.valueOf(full.getMessage()))));
    }

    private void inside(Buffer body) {
        route.open(request, CONDITIONAL_IDLE_MILLIS)
                .compose(out -> {
                    out.putHeader("Content-Length", Integer.toString(body.length()));
                    out.end(body);
                    return out.response();
                })
                .compose(answer -> {
                    answer.pause();
                    Future<Void> ended = answer.end();
                    answer(answer);
                    return ended;
                })
                .onFailure(this::unreachable)
                .onComplete(decided -> route.gate().leave(what.key()));
    }

    private void pumpRequest(BodyPump pump, Runnable complete) {
        pump.run()
                .onSuccess(end -> {
                    if (end == BodyPump.End.COMPLETE) {
                        complete.run();
                    } else {
                        breakOff(plan.breakOf(Fault.Side.REQUEST));
                    }
                })
                .onFailure(broken -> disconnect());
    }

    private void answer(HttpClientResponse answer) {
        answer.pause();
        answering = answer;
        answer.end().onComplete(ended -> answering = null);
        if (clientGone) {
            discardAnswer();
            return;
        }
        response.setStatusCode(answer.statusCode());
        Route.passOn(answer.headers(), response.headers());
        OptionalLong shortened = shorten(answer);
        response.setChunked(!response.headers().contains("Content-Length"));
        new BodyPump(route.vertx(), answer, response, treatment(Fault.Side.RESPONSE, shortened, plan.corrupted()))
                .run()
                .onSuccess(end -> {
                    if (end == BodyPump.End.COMPLETE || shortened.isPresent()) {
                        finish();
                    } else {
                        breakOff(plan.breakOf(Fault.Side.RESPONSE));
                    }
                    if (end == BodyPump.End.AT_LIMIT) {
                        discardAnswer();
                    }
                })
                .onFailure(broken -> disconnect());
    }

    /** Writes the length of a body that is to be truncated; empty if this one is not. */
    private OptionalLong shorten(HttpClientResponse answer) {
        String length = answer.getHeader("Content-Length");
        OptionalLong to = plan.truncated();
        if (what.method().equals("HEAD")
                || length == null
                || to.isEmpty()
                || Long.parseLong(length) <= to.getAsLong()
                || plan.breakOf(Fault.Side.RESPONSE).isPresent()) {
            return OptionalLong.empty();
        }
        response.putHeader("Content-Length", Long.toString(to.getAsLong()));
        return to;
    }

    private Treatment treatment(Fault.Side side, OptionalLong shortened, List<Long> corrupted) {
        long limit = plan.breakOf(side).map(FaultPlan.Break::at).orElse(shortened.orElse(Long.MAX_VALUE));
        return new Treatment(limit, plan.bandwidth(), corrupted);
    }

    private void finish() {
        readToTheEnd();
        response.end();
    }

    /** What is left of a request that is answered early would be taken for the next one. */
    private void readToTheEnd() {
        if (!request.isEnded()) {
            request.handler(rest -> {});
            request.resume();
        }
    }

    private void breakOff(Optional<FaultPlan.Break> how) {
        Optional<InjectedFault> stall = how.flatMap(FaultPlan.Break::stalledBy);
        if (stall.isPresent()) {
            var context = route.vertx().getOrCreateContext();
            stall.get().whenRemoved(() -> context.runOnContext(nothing -> disconnect()));
        } else {
            disconnect();
        }
    }

    private void clientLeft() {
        clientGone = true;
        discardAnswer();
    }

    private void disconnect() {
        request.connection().close();
    }

    /** Reads what is left of a conditional write's answer; does without the rest of any other. */
    private void discardAnswer() {
        if (upstream != null) {
            upstream.reset();
        } else if (answering != null) {
            answering.handler(rest -> {});
            answering.resume();
        }
    }

    private void unreachable(Throwable cause) {
        if (response.headWritten()) {
            disconnect();
        } else {
            refuse(502, "the S3 server of the sandbox failed: " + cause);
        }
    }

    private void refuse(int status, String message) {
        if (clientGone || response.headWritten()) {
            return;
        }
        readToTheEnd();
        response.setStatusCode(status).putHeader("Content-Type", "application/xml");
        response.end(what.method().equals("HEAD") ? "" : ErrorDocument.of(status, message));
    }
}
