package io.segue.sandbox.faults;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/** Collects a body of limited size in memory. */
final class BufferSink implements WriteStream<Buffer> {
    private final Buffer content = Buffer.buffer();
    private final long limit;

    BufferSink(long limit) {
        this.limit = limit;
    }

    Buffer content() {
        return content;
    }

    @Override
    public Future<Void> write(Buffer data) {
        if (content.length() + (long) data.length() > limit) {
            return Future.failedFuture("the body is larger than " + limit + " bytes");
        }
        content.appendBuffer(data);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        return Future.succeededFuture();
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public BufferSink exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public BufferSink setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public BufferSink drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}
