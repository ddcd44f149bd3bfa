package io.segue.protocol.kafka.vertx;

import io.segue.protocol.kafka.KafkaFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits, bounded and off the event loop, for what a Vert.x Kafka client promised; what went wrong comes out classified.
 *
 * @param cluster bootstrap servers, for messages
 * @param limit the longest wait
 */
public record Awaiting(List<String> cluster, Duration limit) {
    /**
     * The answer.
     *
     * @param what completes "could not …", for messages
     * @throws KafkaFailure if there is none; an interrupt is kept
     */
    public <T> T await(String what, Future<T> promised) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("waiting on an event loop to " + what);
        }
        try {
            return promised.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaFailure("Kafka cluster " + cluster + ": interrupted, waiting to " + what, true, e);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaErrors.failure(cluster, what, e);
        }
    }
}
