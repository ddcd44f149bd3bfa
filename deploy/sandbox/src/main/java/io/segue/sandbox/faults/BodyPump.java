package io.segue.sandbox.faults;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Passes a body on, no faster than it is taken, and hurts it on the way. Holds at most one buffer; belongs to one event
 * loop.
 */
final class BodyPump {
    private static final long TICK_MILLIS = 50;

    /** How a body came to its end. */
    enum End {
        COMPLETE,
        /** At the limit; the rest of the source stays unread. */
        AT_LIMIT
    }

    /** What to do to the body: end it at {@code limit} bytes, slow it down, flip bits. */
    record Treatment(long limit, OptionalLong bytesPerSecond, List<Long> corrupted) {}

    private final Vertx vertx;
    private final ReadStream<Buffer> source;
    private final WriteStream<Buffer> sink;
    private final Treatment treatment;
    private final Promise<End> done = Promise.promise();
    private long passed;
    private boolean sourceEnded;
    private @Nullable Buffer held;

    BodyPump(Vertx vertx, ReadStream<Buffer> source, WriteStream<Buffer> sink, Treatment treatment) {
        this.vertx = vertx;
        this.source = source;
        this.sink = sink;
        this.treatment = treatment;
    }

    /** Starts; the source is paused. The sink is never ended here. Fails when the source breaks. */
    Future<End> run() {
        source.exceptionHandler(done::tryFail);
        source.handler(this::received);
        source.endHandler(nothing -> {
            sourceEnded = true;
            finishIfDry();
        });
        if (treatment.limit() == 0) {
            done.tryComplete(End.AT_LIMIT);
        } else {
            source.fetch(1);
        }
        return done.future();
    }

    private void received(Buffer buffer) {
        held = corrupt(buffer);
        pass();
    }

    private void pass() {
        Buffer buffer = held;
        if (buffer == null || done.future().isComplete()) {
            return;
        }
        int size = (int) Math.min(Math.min(buffer.length(), slice()), treatment.limit() - passed);
        held = size == buffer.length() ? null : buffer.slice(size, buffer.length());
        passed += size;
        sink.write(size == buffer.length() ? buffer : buffer.slice(0, size)).onFailure(done::tryFail);
        if (passed == treatment.limit()) {
            done.tryComplete(End.AT_LIMIT);
        } else if (treatment.bytesPerSecond().isPresent()) {
            vertx.setTimer(TICK_MILLIS, timer -> next());
        } else {
            next();
        }
    }

    private void next() {
        if (sink.writeQueueFull()) {
            sink.drainHandler(nothing -> next());
        } else if (held != null) {
            pass();
        } else if (sourceEnded) {
            finishIfDry();
        } else {
            source.fetch(1);
        }
    }

    private void finishIfDry() {
        if (sourceEnded && held == null) {
            done.tryComplete(End.COMPLETE);
        }
    }

    private long slice() {
        return treatment.bytesPerSecond().isPresent()
                ? Math.max(1, treatment.bytesPerSecond().getAsLong() * TICK_MILLIS / 1_000)
                : Long.MAX_VALUE;
    }

    private Buffer corrupt(Buffer buffer) {
        Buffer result = buffer;
        for (long position : treatment.corrupted()) {
            long index = position - passed;
            if (index >= 0 && index < buffer.length()) {
                result = result == buffer ? buffer.copy() : result;
                result.setByte((int) index, (byte) (result.getByte((int) index) ^ 1));
            }
        }
        return result;
    }
}
